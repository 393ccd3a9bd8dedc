//! The records of the small house, and those that come later.

use crate::operation::{Line, conversation, guest, message};
use crate::place;

/// Everything before it is old: 2026-01-10T00:00:00Z.
pub(super) const OLD: i64 = 1_768_003_200;
pub(super) const LABEL: &str = "c4n4ry-label";

fn talk(id: &str, first_at: i64, count: usize, attachments: &[usize]) -> Vec<Line> {
    (0..count)
        .map(|number| {
            let text = format!("c4n4ry{number:03} 房间 {id} wifi");
            let files = usize::from(attachments.contains(&number)) * place::ATTACHMENTS;
            let at = first_at + 60 * i64::try_from(number).expect("few messages");
            message(&format!("{id}-m{number}"), id, at, &text, files)
        })
        .collect()
}

pub(super) fn first_file() -> Vec<Line> {
    let mut lines = vec![
        guest("c4n4ry-g1"),
        conversation("c4n4ry-c1", "c4n4ry-g1", Some(OLD + 50), None, &[LABEL]),
        conversation("c4n4ry-c2", "c4n4ry-g1", Some(OLD + 100), None, &[]),
        guest("c4n4ry-g2"),
        conversation("c4n4ry-c3", "c4n4ry-g2", Some(OLD - 90), None, &[]),
        conversation(
            "c4n4ry-c4",
            "c4n4ry-g2",
            Some(OLD - 9_000),
            Some("stayed"),
            &[],
        ),
        guest("c4n4ry-g3"),
        conversation("c4n4ry-c5", "c4n4ry-g3", Some(OLD + 900), None, &[LABEL]),
    ];
    lines.extend(talk("c4n4ry-c1", OLD + 50, 2, &[1]));
    lines.extend(talk("c4n4ry-c2", OLD + 100, 5, &[1, 2]));
    lines.extend(talk("c4n4ry-c3", OLD - 90, 4, &[0, 3]));
    lines.extend(talk("c4n4ry-c4", OLD - 9_000, 2, &[0]));
    lines.extend(talk("c4n4ry-c5", OLD + 900, 2, &[]));
    lines
}

/// A new guest with attachments, and more of a conversation that is there.
pub(super) fn second_file() -> Vec<Line> {
    let mut lines = vec![
        guest("c4n4ry-g8"),
        conversation("c4n4ry-c8", "c4n4ry-g8", Some(OLD), None, &[]),
    ];
    lines.extend(talk("c4n4ry-c8", OLD, 3, &[0, 2]));
    lines.extend(talk("c4n4ry-c3", OLD - 90, 6, &[5]));
    lines
}

/// What comes when all is over.
pub(super) fn third_file() -> Vec<Line> {
    let mut lines = vec![
        guest("c4n4ry-g9"),
        conversation("c4n4ry-c9", "c4n4ry-g9", Some(OLD), None, &[]),
    ];
    lines.extend(talk("c4n4ry-c9", OLD, 2, &[0]));
    lines
}
