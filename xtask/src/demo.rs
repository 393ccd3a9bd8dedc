//! `cargo xtask demo`: the main job with the sample hotel, told as a story of real `wuhen` commands.
//! Every answer is checked; the demo fails where one is not as told.

mod sample;
mod walk;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};

use crate::demo::sample::Sample;
use crate::demo::walk::Walk;
use crate::shell::{self, Workspace};

/// The guest who asks to be forgotten, and one of her conversations.
const GUEST: &str = "lk-g01";
const CONVERSATION: &str = "lk-001";
/// A word that only she and the agents who answered her wrote.
const HER_WORD: &str = "水仙阁";
/// The number of her identity card.
/// A line of an invented chat.
const CHAT_LINE: &str = "我的手机是15400000173，CVV 973\n";
const HER_CARD: &str = "110101190001010022";
/// A word of a guest who stays, and her conversation.
const OTHER_WORD: &str = "heron";
const OTHER_CONVERSATION: &str = "lk-014";

#[derive(Default, Clone, Copy)]
pub(crate) struct Options {
    /// Leaves the folder with store, keys, snapshots and certificate for a look afterwards.
    pub(crate) keep: bool,
    /// Builds with optimisation: slower to build, and the figures shown are those of a real installation.
    pub(crate) release: bool,
}

/// Builds `wuhen` and walks through import, search, erasure, proof and restore in a temporary folder.
pub(crate) fn run(workspace: &Workspace, options: Options) -> Result<()> {
    println!("Building wuhen; the first time this takes some minutes.");
    let wuhen = build(workspace, options.release)?;
    let folder = tempfile::Builder::new().prefix("wuhen-demo-").tempdir()?;
    let sample = workspace.root.join("samples/lakeside");
    let outcome = walk(Walk::new(wuhen, folder.path()), &sample);
    if options.keep {
        println!("\nEverything is still in {}", folder.keep().display());
    }
    outcome
}

fn build(workspace: &Workspace, release: bool) -> Result<PathBuf> {
    let mut cargo = workspace.cargo(["build", "--quiet", "--package", "wuhen-cli"]);
    if release {
        cargo.arg("--release");
    }
    shell::run(&mut cargo)?;
    let profile = if release { "release" } else { "debug" };
    Ok(shell::target_folder(&workspace.metadata()?)?
        .join(profile)
        .join("wuhen"))
}

fn walk(mut walk: Walk, folder: &Path) -> Result<()> {
    let sample = Sample::read(&folder.join("lakeside.jsonl"))?;
    println!(
        "\nThe Lakeside Hotel keeps the chats of {} guests. One of them, {} ({GUEST}), asks to be forgotten.\n\
         Everything in this sample is invented. Work happens in {}.",
        sample.guests,
        sample.name_of(GUEST)?,
        walk.folder.display(),
    );
    import(&mut walk, folder, &sample)?;
    read(&mut walk)?;
    back_up(&mut walk)?;
    let left = erase(&mut walk, &sample)?;
    prove(&mut walk)?;
    show_nothing_is_left(&mut walk, &sample)?;
    lose_and_restore(&mut walk, &sample, left)?;
    println!(
        "\nThat was the main job: {} commands, each answer as promised.",
        walk.done
    );
    Ok(())
}

fn import(walk: &mut Walk, folder: &Path, sample: &Sample) -> Result<()> {
    walk.tell(
        "A store is made for the hotel; its keys live in a folder of their own, wuhen-data.keys.",
    );
    walk.run(&[
        "init",
        "--tenant",
        "Lakeside Hotel",
        "--timezone",
        "Asia/Shanghai",
    ])?;
    walk.tell("The hotel's records come in as JSON Lines. Every message is sealed before it touches the disk.");
    let file = folder.join("lakeside.jsonl");
    let file = file
        .to_str()
        .context("the path of the sample is not UTF-8")?;
    walk.run(&["import", file, "--source", "lakeside"])?;
    walk.tell("What is there now:");
    walk.run(&["stats"])?;
    let stats = walk.stats()?;
    let found = (stats.guests, stats.conversations, stats.messages);
    let told = (sample.guests, sample.conversations, sample.messages);
    ensure!(
        found == told,
        "stats count {found:?}, the sample has {told:?}"
    );
    ensure!(
        stats.attachments == sample.attachments,
        "stats count {} attachments, the sample has {}",
        stats.attachments,
        sample.attachments
    );
    Ok(())
}

fn read(walk: &mut Walk) -> Result<()> {
    walk.tell("Who has written? Names are opened for this answer only.");
    walk.run(&["guests"])?.must_contain("林晓雯")?;
    walk.tell("Her conversations, by the ids that the hotel's old system gave them:");
    walk.run(&["conversations", "--guest", GUEST])?
        .must_contain(CONVERSATION)?;
    walk.tell(
        "One of them, as an agent sees it. She sent her identity card's number; it is masked.",
    );
    walk.run(&["show", CONVERSATION])?.must_lack(HER_CARD)?;
    walk.tell("The privacy officer may lift the masks. That it was done, and why, is in the ledger before anything is shown.");
    let reveal = ["--as", "privacy-officer", "--reveal", "--reason"];
    walk.run(
        &[
            &["show", CONVERSATION],
            &reveal[..],
            &["the guest asked what we hold"],
        ]
        .concat(),
    )?
    .must_contain(HER_CARD)?;
    walk.tell("Any text can be looked through without a store, and redacted.");
    std::fs::write(walk.folder.join(walk::CHAT), CHAT_LINE)?;
    walk.run(&["scan", walk::CHAT])?.must_contain("MOBILE")?;
    walk.run(&["redact", walk::CHAT])?
        .must_contain("154****0173")?;
    walk.tell("What personal data is there altogether, and what should be cleaned first?");
    walk.run(&["scan", "--store", walk::STORE, "--list", "5"])?
        .must_contain("RESIDENT_ID")?;
    walk.tell("Search finds Chinese as well as English, though no index of words is on the disk.");
    walk.run(&["search", HER_WORD])?.must_contain(HER_WORD)?;
    walk.run(&["search", OTHER_WORD])?
        .must_contain(OTHER_CONVERSATION)
}

fn back_up(walk: &mut Walk) -> Result<()> {
    walk.tell("A folder for snapshots is registered, and the first snapshot is made: it still holds everything.");
    walk.run(&["snapshot", "init", walk::SNAPSHOTS])?;
    walk.run(&["snapshot", "create"])?;
    walk.run(&["snapshot", "list"]).map(drop)
}

/// Erases the guest and returns how many messages are left.
fn erase(walk: &mut Walk, sample: &Sample) -> Result<u64> {
    let reason = ["--reason", "the guest asked"];
    let scope = ["erase", "--guest", GUEST];
    walk.tell("First a dry run: what would go, and that nothing has gone yet.");
    walk.run(&[&scope[..], &reason, &["--dry-run"]].concat())?;
    walk.run(&["show", CONVERSATION])?.must_contain(HER_WORD)?;
    walk.tell("Now for good. Her keys are dropped, the root is replaced everywhere, the old root is destroyed.");
    let for_good = ["--yes", "--certificate", walk::CERTIFICATE];
    walk.run(&[&scope[..], &reason, &for_good].concat())?;
    let left = walk.stats()?.messages;
    let expected = sample.messages - sample.messages_of(GUEST);
    ensure!(
        left == expected,
        "{left} messages are left, {expected} should be"
    );
    Ok(left)
}

fn prove(walk: &mut Walk) -> Result<()> {
    walk.tell("The hotel publishes its ledger's public key; with it anybody can check the certificate, offline.");
    let key = walk.run(&["ledger", "key"])?.text;
    std::fs::write(walk.folder.join(walk::LEDGER_KEY), key)?;
    let verify = |certificate| ["verify", certificate, "--key", walk::LEDGER_KEY];
    walk.run(&verify(walk::CERTIFICATE))?;
    walk.tell("One changed byte, and it is worth nothing.");
    let mut bytes = std::fs::read(walk.folder.join(walk::CERTIFICATE))?;
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(walk.folder.join(walk::FORGED), bytes)?;
    walk.run_to_fail(&verify(walk::FORGED))?;
    walk.tell("The ledger itself is re-derived from its entries.");
    walk.run(&["ledger", "check"]).map(drop)
}

fn show_nothing_is_left(walk: &mut Walk, sample: &Sample) -> Result<()> {
    walk.tell("Her word is not found any more; those of others are.");
    walk.run_to_any_end(&["search", HER_WORD])?
        .must_lack(HER_WORD_IN_CONTEXT)?;
    walk.run(&["search", OTHER_WORD])?
        .must_contain(OTHER_CONVERSATION)?;
    walk.tell("Her conversation cannot be shown.");
    let answer = walk.run_to_any_end(&["show", CONVERSATION])?;
    for text in sample.texts_of(GUEST) {
        answer.must_lack(text)?;
    }
    probe(walk, sample)
}

/// Words around her word that only a found message has: the answer itself may repeat what was asked for.
const HER_WORD_IN_CONTEXT: &str = "水仙阁是带露台的那间吗";

fn probe(walk: &mut Walk, sample: &Sample) -> Result<()> {
    let needles = sample.needles_of(GUEST);
    walk.tell(&format!(
        "Every file of store, keys and snapshots is searched, byte by byte, for {} of her words, names and numbers.",
        needles.len()
    ));
    std::fs::write(walk.folder.join(walk::NEEDLES), needles.join("\n") + "\n")?;
    walk.run(&["probe", "--needles", walk::NEEDLES])?;
    walk.tell("That search can fail: with a note of one of her sentences left in the store's folder, it does.");
    let note = walk.folder.join(walk::STORE).join("forgotten-note.txt");
    std::fs::write(&note, needles.last().context("she wrote something")?)?;
    let outcome = walk.run_to_fail(&["probe", "--needles", walk::NEEDLES]);
    std::fs::remove_file(&note)?;
    outcome.map(drop)
}

fn lose_and_restore(walk: &mut Walk, sample: &Sample, left: u64) -> Result<()> {
    walk.tell(
        "A disaster: the whole store folder is deleted. The snapshot is from before the erasure.",
    );
    println!("   $ rm -r {}", walk::STORE);
    std::fs::remove_dir_all(walk.folder.join(walk::STORE))?;
    walk.run(&["snapshot", "restore", walk::SNAPSHOTS])?;
    let restored = walk.stats()?.messages;
    if restored != left {
        bail!("{restored} messages after the restore, {left} before the loss");
    }
    walk.tell("Every message of the others is back.");
    walk.run(&["show", OTHER_CONVERSATION])?
        .must_contain(OTHER_WORD)?;
    walk.tell(
        "She is not: what was erased does not come back, even from a snapshot that once held it.",
    );
    walk.run_to_any_end(&["search", HER_WORD])?
        .must_lack(HER_WORD_IN_CONTEXT)?;
    walk.run_to_any_end(&["guests", "--find", sample.name_of(GUEST)?])?
        .must_lack(GUEST)?;
    walk.run(&["probe", "--needles", walk::NEEDLES])?;
    walk.run(&["ledger", "check"])?;
    walk.tell("Last, the doctor: what could still be better on this machine.");
    walk.run_to_any_end(&["doctor"]).map(drop)
}
