//! Words for people, in English and Chinese: the language, the macro that pairs sentences, and words used everywhere.

mod attachments;
mod bookings;
mod errors;
mod kinds;
mod notices;
mod staff;
mod usage;

/// What people read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub(crate) enum Lang {
    /// 简体中文.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// By the locale of the environment: Chinese where it begins with `zh`, else English.
    pub(crate) fn of_locale() -> Self {
        match sys_locale::get_locale() {
            Some(locale) if locale.to_ascii_lowercase().starts_with("zh") => Self::Zh,
            _ => Self::En,
        }
    }

    /// One of two fixed texts.
    pub(crate) fn pick(self, en: &'static str, zh: &'static str) -> &'static str {
        match self {
            Self::En => en,
            Self::Zh => zh,
        }
    }

    /// Between the members of a list.
    pub(crate) fn comma(self) -> &'static str {
        self.pick(", ", "、")
    }
}

/// One sentence in two languages, each with the same values: `say!(lang, "{n} found", "找到 {n} 条")`.
macro_rules! say {
    ($lang:expr, $en:literal, $zh:literal $(, $value:expr)* $(,)?) => {
        match $lang {
            $crate::words::Lang::En => format!($en $(, $value)*),
            $crate::words::Lang::Zh => format!($zh $(, $value)*),
        }
    };
}
pub(crate) use say;

pub(crate) use attachments::{attachment_counts, attachment_remarks, documents_words, mark_words};
pub(crate) use bookings::{booking_line, status_words};
pub(crate) use errors::{custody_error, format_problem, service_error, store_error};
pub(crate) use kinds::{kind_and_name, kind_name_words, kind_of_zh, kind_words};
pub(crate) use notices::{in_english, missing, notice};
pub(crate) use usage::usage_zh;

/// Bytes as people say them.
pub(crate) fn bytes(count: u64) -> String {
    indicatif::HumanBytes(count).to_string()
}

/// Text of a record for a terminal: control characters could move the cursor or repaint the screen, so they are shown as marks.
pub(crate) fn plain(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_control() && c != '\n' && c != '\t' {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_cannot_steer_the_terminal() {
        assert_eq!(plain("a\u{1b}[2Jb\nc"), "a\u{fffd}[2Jb\nc");
    }
}
