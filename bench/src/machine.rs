//! The machine that measures: its name for the report, its speed of forced writes, its memory.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::time::{measure, median, ms};

const FSYNCS: usize = 50;
const PAGE_BYTES: usize = 4_096;

/// Processors and kernel, in a few words.
#[must_use]
pub fn describe() -> String {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or("unknown processor", |(_, model)| model);
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let build = if cfg!(debug_assertions) {
        ", debug build"
    } else {
        ""
    };
    format!("{processors} x {model}, Linux {}{build}", kernel.trim())
}

/// Where results lie: `target/bench` at the root of the workspace.
///
/// # Errors
/// It cannot be made.
pub fn results_folder() -> Result<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .context("this package lies in the workspace")?;
    let folder = root.join("target/bench");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}

/// Milliseconds of one fsync after an append of 4 KiB: the median of 50.
///
/// # Errors
/// The folder cannot be written.
pub fn fsync_ms(folder: &Path) -> Result<f64> {
    let path = folder.join("fsync");
    let mut file = File::create(&path)?;
    let mut times = Vec::with_capacity(FSYNCS);
    for _ in 0..FSYNCS {
        file.write_all(&[7; PAGE_BYTES])?;
        let (time, done) = measure(|| file.sync_data());
        done?;
        times.push(ms(time));
    }
    fs::remove_file(&path)?;
    Ok(median(&times))
}

/// Memory of this process now and at its most, MB (10^6 bytes).
///
/// # Errors
/// The system does not say.
pub fn memory_mb() -> Result<(f64, f64)> {
    let status = fs::read_to_string("/proc/self/status")?;
    let field = |name: &str| -> Result<f64> {
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix(name))
            .with_context(|| format!("the system does not tell {name}"))?;
        let kib: f64 = line
            .trim_start_matches(':')
            .trim()
            .trim_end_matches(" kB")
            .parse()?;
        Ok(kib * 1_024.0 / 1e6)
    };
    Ok((field("VmRSS")?, field("VmHWM")?))
}

/// How far above its size before the work the process's memory rose during it, MB.
///
/// # Errors
/// The work fails, or the system does not say.
pub fn peak_growth_mb(work: impl FnOnce() -> Result<()>) -> Result<f64> {
    // 5 sets the peak back to the present size (proc_pid_clear_refs(5)).
    fs::write("/proc/self/clear_refs", "5")?;
    let (before, _) = memory_mb()?;
    work()?;
    let (_, peak) = memory_mb()?;
    Ok(peak - before)
}
