//! What is wrong with a command line, in Chinese. In English clap says it itself.

use std::error::Error as _;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::args::BadValue;

/// In one line, with what to do. None: there is nothing better than what clap says.
pub(crate) fn usage_zh(error: &Error) -> Option<String> {
    let given = |kind| error.get(kind).map(words);
    let argument = given(ContextKind::InvalidArg).unwrap_or_default();
    let value = given(ContextKind::InvalidValue).unwrap_or_default();
    let mut text = match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 需要一个值"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("{argument} 的值 {value:?} 无效")
        }
        ErrorKind::UnknownArgument => format!("没有参数 {argument}"),
        ErrorKind::InvalidSubcommand => {
            let command = given(ContextKind::InvalidSubcommand).unwrap_or_default();
            format!("没有命令 {command:?}")
        }
        ErrorKind::ArgumentConflict => match given(ContextKind::PriorArg) {
            Some(prior) if prior != argument => format!("{argument} 不能与 {prior} 同时使用"),
            _ => format!("{argument} 只能指定一次"),
        },
        ErrorKind::MissingRequiredArgument => format!("缺少必需的参数：{argument}"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "缺少命令".to_owned()
        }
        ErrorKind::NoEquals => format!("{argument} 的值须用等号连接"),
        ErrorKind::TooFewValues | ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => {
            format!("{argument} 的值的个数不对")
        }
        ErrorKind::InvalidUtf8 => "参数不是有效的 UTF-8".to_owned(),
        _ => return None,
    };
    if let Some(reason) = error.source() {
        let reason = match reason.downcast_ref::<BadValue>() {
            Some(reason) => reason.zh.clone(),
            None => reason.to_string(),
        };
        text = format!("{text}：{reason}");
    }
    for (kind, name) in [
        (ContextKind::ValidValue, "可选"),
        (ContextKind::ValidSubcommand, "可选"),
        (ContextKind::SuggestedArg, "是否想用"),
        (ContextKind::SuggestedSubcommand, "是否想用"),
    ] {
        if let Some(words) = given(kind).filter(|words| !words.is_empty()) {
            text = format!("{text}；{name}：{words}");
        }
    }
    Some(format!("{text}；加上 --help 可查看用法"))
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join("、"),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::StyledStrs(texts) => {
            let texts: Vec<String> = texts.iter().map(ToString::to_string).collect();
            texts.join("、")
        }
        other => other.to_string(),
    }
}
