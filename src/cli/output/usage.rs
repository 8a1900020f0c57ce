//! Usage errors in Chinese. In English clap prints them itself.

use std::error::Error as _;
use std::num::{IntErrorKind, ParseIntError};

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};

use crate::cli::args::serve::ServeArgError;
use crate::cli::args::timing::IntervalError;
use crate::present::{Lang, errors};

/// The message without the word for an error; `None` for what is not an error but help or the
/// version. `command` is the Chinese command line that the error comes from.
pub(crate) fn message(error: &Error, command: &mut Command) -> Option<String> {
    let arg = || context(error, ContextKind::InvalidArg);
    let value = || context(error, ContextKind::InvalidValue);
    let message = match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return None,
        ErrorKind::UnknownArgument => format!("没有“{}”这个参数", arg()),
        ErrorKind::InvalidSubcommand => {
            format!("没有“{}”这个命令", context(error, ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::MissingRequiredArgument => format!("缺少参数：{}", arg()),
        ErrorKind::ArgumentConflict => {
            let prior = context(error, ContextKind::PriorArg);
            if prior.is_empty() || prior == arg() {
                format!("{} 不能重复使用", arg())
            } else {
                format!("{} 不能与 {prior} 同时使用", arg())
            }
        }
        ErrorKind::InvalidValue if value().is_empty() => format!("{} 缺少值", arg()),
        ErrorKind::InvalidValue => format!("{} 的值不能是“{}”", arg(), value()),
        ErrorKind::ValueValidation => {
            format!("{} 的值“{}”有误：{}", arg(), value(), reason(error))
        }
        ErrorKind::NoEquals => format!("{} 与值之间须用等号连接", arg()),
        ErrorKind::TooManyValues => format!("{} 的值“{}”是多余的", arg(), value()),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("{} 的值的个数不对", arg())
        }
        ErrorKind::InvalidUtf8 => "参数中有不是 UTF-8 的字符".to_owned(),
        other => format!("命令行有误：{other}"),
    };
    let mut shown = message;
    for (kind, before) in [
        (ContextKind::ValidValue, "\n  可选值: "),
        (ContextKind::ValidSubcommand, "\n  可用的命令: "),
        (ContextKind::SuggestedSubcommand, "\n  是不是: "),
        (ContextKind::SuggestedArg, "\n  是不是: "),
        (ContextKind::SuggestedValue, "\n  是不是: "),
    ] {
        let known = context(error, kind);
        if !known.is_empty() {
            shown.push_str(before);
            shown.push_str(&known);
        }
    }
    if let Some(usage) = usage(error, command) {
        shown.push_str("\n\n用法: ");
        shown.push_str(&usage);
    }
    shown.push_str("\n\n更多说明请加 --help。");
    Some(shown)
}

/// The usage line, without a heading, of the command that the error is about. The error does not
/// name the command; it only has the usage line under the English heading that clap puts there.
fn usage(error: &Error, command: &mut Command) -> Option<String> {
    let Some(ContextValue::StyledStr(with_heading)) = error.get(ContextKind::Usage) else {
        return None;
    };
    if command.render_usage() == *with_heading {
        return command.get_overridden_usage().map(ToString::to_string);
    }
    command.get_subcommands_mut().find_map(|below| usage(error, below))
}

/// What clap knows of this kind, in one line.
fn context(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// Why a value was refused.
fn reason(error: &Error) -> String {
    let Some(source) = error.source() else { return "不能用".to_owned() };
    if let Some(error) = source.downcast_ref::<ParseIntError>() {
        match error.kind() {
            IntErrorKind::PosOverflow | IntErrorKind::NegOverflow => "数目太大".to_owned(),
            _ => "请写整数".to_owned(),
        }
    } else if let Some(error) = source.downcast_ref::<ServeArgError>() {
        error.shown(Lang::Zh).to_owned()
    } else if source.is::<IntervalError>() {
        IntervalError::shown(Lang::Zh).to_owned()
    } else {
        errors::error(Lang::Zh, source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::localize;

    fn refused(line: &str) -> String {
        let mut command = localize::command(Lang::Zh);
        let error = command.try_get_matches_from_mut(line.split(' ')).expect_err("a usage error");
        message(&error, &mut command).expect("an error")
    }

    #[test]
    fn usage_errors_are_said_in_chinese() {
        let all = [
            "dibao serach",
            "dibao search --distrct 登封市",
            "dibao search --limit",
            "dibao search --limit ten",
            "dibao search --limit 99999999999999999999999",
            "dibao search --kind poem",
            "dibao search --sort best",
            "dibao search --from yesterday",
            "dibao search --after x",
            "dibao search --after 1-1-1-1-1-1-1-1 --offset 3",
            "dibao search --limit 3 --limit 4",
            "dibao split",
            "dibao show a b",
            "dibao check --seed 3",
            "dibao serve --addr nowhere",
            "dibao serve --public-url archive",
            "dibao --lang fr search",
        ];
        let shown: Vec<String> =
            all.iter().map(|line| format!("$ {line}\n{}", refused(line))).collect();
        insta::assert_snapshot!(shown.join("\n\n"));
    }
}
