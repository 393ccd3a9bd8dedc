//! `wuhen run`: what is due is done, and, without --once, what becomes due until somebody interrupts. The only place that lets time
//! pass; the store is closed meanwhile.

use std::io::{self, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use wuhen_model::people::Permission;
use wuhen_service::run::{JobReport, JobState};

use crate::answer::{Answer, Text};
use crate::app::{App, instant};
use crate::args::{Edge, Run};
use crate::exit::Exit;
use crate::problem::Problem;
use crate::records::Records;
use crate::wiring;
use crate::words::{self, Lang, say};

/// The longest wait: another command may have planned something meanwhile.
const WAIT_MAX: Duration = Duration::from_mins(1);

/// What was done at one time.
struct Round {
    jobs: Vec<JobReport>,
    next: Option<Timestamp>,
}

pub(super) fn run(app: &App, args: &Run) -> Result<Answer, Problem> {
    let (over, interrupted) = interruptions()?;
    if !args.once {
        return go_on(app, &over, &interrupted);
    }
    let round = match args.at {
        Some(when) => {
            // It is asked before anything is done, and of a store that is closed again: the next one has another clock.
            let service = wiring::enter(app, &[Permission::RunSchedules])?.service;
            let at = instant(&service, when, Edge::Start)?;
            service.check_time(at)?;
            drop(service);
            once(&app.at(at), &over)?
        }
        None => once(app, &over)?,
    };
    let is_well = round.jobs.iter().all(is_well);
    let exit = if is_well { Exit::Done } else { Exit::Partial };
    Ok(Answer {
        exit,
        text: round.text(app.lang),
        json: Some(round.json(app.lang)),
    })
}

fn is_well(job: &JobReport) -> bool {
    !matches!(job.state, JobState::Failed | JobState::Stopped)
}

fn once(app: &App, over: &AtomicBool) -> Result<Round, Problem> {
    let service = wiring::enter(app, &[Permission::RunSchedules])?.service;
    let mut jobs = Vec::new();
    service.run_due(&|| over.load(Ordering::Relaxed), &mut |job| jobs.push(job))?;
    let next = service.next_due()?;
    Ok(Round { jobs, next })
}

fn go_on(app: &App, over: &AtomicBool, interrupted: &Receiver<()>) -> Result<Answer, Problem> {
    while !over.load(Ordering::Relaxed) {
        let wait = match once(app, over) {
            Ok(round) => {
                if !round.jobs.is_empty() {
                    print(app, &round)?;
                }
                until(app.now(), round.next)
            }
            // Another command has the store: its turn comes.
            Err(problem) if problem.exit() == Exit::InUse => WAIT_MAX / 12,
            Err(problem) => return Err(problem),
        };
        match interrupted.recv_timeout(wait) {
            Err(RecvTimeoutError::Timeout) => {}
            Ok(()) | Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    Ok(Answer::nothing())
}

/// How long to wait for the next job, a minute at most.
fn until(now: Timestamp, next: Option<Timestamp>) -> Duration {
    let wait = next.map(|next| now.duration_until(next));
    let wait = wait.and_then(|wait| Duration::try_from(wait).ok());
    // A job that is due already was passed over just now: not without end.
    wait.unwrap_or(WAIT_MAX)
        .clamp(Duration::from_secs(1), WAIT_MAX)
}

fn print(app: &App, round: &Round) -> Result<(), Problem> {
    let answer = Answer::done(round.text(app.lang), round.json(app.lang));
    let mut out = io::stdout().lock();
    out.write_all(answer.output(app.json).as_bytes())
        .and_then(|()| out.flush())
        .map_err(Problem::Output)
}

/// A mark that somebody interrupted, and a channel that wakes up who waits.
fn interruptions() -> Result<(Arc<AtomicBool>, Receiver<()>), Problem> {
    let over = Arc::new(AtomicBool::new(false));
    let (wake, woken) = channel();
    let mut signals = Signals::new([SIGINT, SIGTERM]).map_err(Problem::Output)?;
    let mark = Arc::clone(&over);
    std::thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            for _ in signals.forever() {
                mark.store(true, Ordering::Relaxed);
                // Nobody waits where the program is at its end.
                let _ = wake.send(());
            }
        })
        .map_err(Problem::Output)?;
    Ok((over, woken))
}

impl Round {
    fn text(&self, lang: Lang) -> Text {
        let mut text = Text::default();
        for job in &self.jobs {
            say_job(&mut text, lang, job);
        }
        if self.jobs.is_empty() {
            text.line(lang.pick("Nothing was due.", "没有到期任务。"));
        }
        if let Some(next) = self.next {
            text.line(say!(lang, "Next: {next}.", "下次：{next}。"));
        }
        text
    }

    fn json(&self, lang: Lang) -> Value {
        json!({
            "jobs": self.jobs.iter().map(|job| job_json(lang, job)).collect::<Vec<_>>(),
            "next_at": self.next.map(|at| at.to_string()),
        })
    }
}

fn say_job(text: &mut Text, lang: Lang, job: &JobReport) {
    let kind = (job.kind.parse::<wuhen_model::job::JobKind>()).map_or_else(
        |_| words::plain(&job.kind),
        |kind| {
            let words = kind.words();
            lang.pick(words.en, words.zh).to_owned()
        },
    );
    let due = job.due_at;
    let state = match job.state {
        JobState::Done => lang.pick("done", "已完成"),
        JobState::Stopped => lang.pick("STOPPED", "已停止"),
        JobState::Failed => lang.pick("FAILED", "失败"),
        JobState::Left => lang.pick("left as it is", "未处理"),
        JobState::TakenOver => lang.pick("taken over by another", "已由其他进程接手"),
    };
    text.line(say!(
        lang,
        "{kind} (due {due}): {state}",
        "{kind}（{due} 到期）：{state}"
    ));
    if let Some(erased) = &job.erased {
        let (case, records) = (&erased.case, Records::from(&erased.counts).words(lang));
        text.line(say!(
            lang,
            "  erased for good: {records}; case {case}",
            "  已永久删除：{records}；案件 {case}"
        ));
    }
    for line in says(lang, job) {
        text.line(format!("  {line}"));
    }
}

/// What somebody should know of a job, in one language.
fn says(lang: Lang, job: &JobReport) -> Vec<String> {
    let said = job.said.iter().map(|said| match lang {
        Lang::En => said.en.clone(),
        Lang::Zh => said.zh.clone(),
    });
    let problems = job.problems.iter().map(|one| words::missing(lang, one));
    let failure = job
        .failure
        .iter()
        .map(|error| words::service_error(lang, error));
    said.chain(problems).chain(failure).collect()
}

fn job_json(lang: Lang, job: &JobReport) -> Value {
    let erased = job.erased.as_ref();
    json!({
        "kind": job.kind,
        "due_at": job.due_at.to_string(),
        "state": job.state.as_str(),
        "next_at": job.next.map(|at| at.to_string()),
        "case": erased.map(|erased| &erased.case),
        "erasure": erased.map(|erased| erased.state),
        "records": erased.map(|erased| Records::from(&erased.counts)),
        "stopped": job.stopped,
        "says": job.said.iter().map(|said| match lang { Lang::En => &said.en, Lang::Zh => &said.zh }).collect::<Vec<_>>(),
        "problems": words::in_english(&job.problems),
        "error": job.failure.as_ref().map(|error| words::service_error(lang, error)),
    })
}
