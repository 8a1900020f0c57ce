//! The command line in Chinese: what clap has from the doc comments, and what it says itself, is
//! replaced by the table of `help_zh`.

use std::fmt::Write as _;

use clap::builder::{Resettable, StyledStr, Styles};
use clap::{Arg, ArgAction, Command, CommandFactory};

use super::help_zh::{COMMANDS, CommandHelp, SHARED, VALUE_NAMES, VALUES};
use super::help_zh_alerts::ALERTS;
use super::help_zh_curating::CURATING;
use super::help_zh_notes::NOTES;
use super::help_zh_watch::WATCH;
use super::{FILTERS, GLOBAL, LowArgs};
use crate::cli::output::wrap::{columns, wrap};
use crate::present::Lang;

/// Columns of the help where there is no terminal, and at most; as in the English one.
const WIDTH: usize = 100;
/// Columns beside the flag and its value: `  -h, ` before them and blanks behind.
const AROUND_FLAG: usize = 8;

/// The command line, with its help in this language.
pub(crate) fn command(lang: Lang) -> Command {
    let mut command = LowArgs::command();
    if lang == Lang::Zh {
        // With the help flag, the help command and the names of commands in usage lines.
        command.build();
        translate(&mut command);
    }
    command
}

fn translate(command: &mut Command) {
    let help = commands().find(|help| help.name == name(command));
    let header = *Styles::styled().get_header();
    let mut chinese = std::mem::take(command)
        .help_template(format!(
            "{{about-with-newline}}\n{header}用法:{header:#} {{usage}}\n\n{{all-args}}{{after-help}}"
        ))
        .subcommand_help_heading("命令")
        .subcommand_value_name("命令")
        .mut_args(named);
    if let Some(help) = help {
        chinese = chinese.about(help.about);
        if chinese.get_after_help().is_some() {
            chinese = chinese.after_help(help.after);
        }
    }
    let widths: Vec<(String, usize)> = chinese
        .get_arguments()
        .map(|arg| (heading_of(arg).to_owned(), columns(&arg.to_string())))
        .collect();
    chinese = chinese.mut_args(|arg| {
        let heading = heading_of(&arg);
        let section = widths.iter().filter(|(of, _)| of == heading).map(|(_, width)| *width);
        let room = width().saturating_sub(section.max().unwrap_or(0) + AROUND_FLAG).max(20);
        described(arg, help, room)
    });
    let usage = usage(&chinese);
    *command = chinese.override_usage(usage);
    command.get_subcommands_mut().for_each(translate);
}

fn commands() -> impl Iterator<Item = &'static CommandHelp> {
    COMMANDS.iter().chain(CURATING).chain(NOTES).chain(ALERTS).chain(WATCH)
}

/// The command as it is typed behind that of the program: `collection add`. Of a command that is built.
fn name(command: &Command) -> String {
    if command.get_name() == "help" {
        return "help".to_owned();
    }
    let typed = command.get_bin_name().unwrap_or_default().split(' ').skip(1);
    // What can be asked help for is listed again below `help`.
    let words: Vec<&str> = typed.filter(|word| *word != "help").collect();
    if words.is_empty() { command.get_name().to_owned() } else { words.join(" ") }
}

/// The argument with the name of its value and the heading that it is listed under.
fn named(arg: Arg) -> Arg {
    let names: Vec<&'static str> = match arg.get_value_names() {
        Some(names) => names.iter().filter_map(|name| find(VALUE_NAMES, name)).collect(),
        None => find(VALUE_NAMES, &arg.get_id().as_str().to_uppercase()).into_iter().collect(),
    };
    let arg = match arg.get_help_heading() {
        Some(GLOBAL) => arg.help_heading("全局选项"),
        Some(FILTERS) => arg.help_heading("筛选条件（同一条件可重复，满足其一即可）"),
        _ if arg.is_positional() => arg.help_heading("参数"),
        _ => arg.help_heading("选项"),
    };
    if names.is_empty() || !arg.get_action().takes_values() { arg } else { arg.value_names(names) }
}

fn heading_of(arg: &Arg) -> &str {
    arg.get_help_heading().unwrap_or_default()
}

/// The argument with its help, in lines of `room` columns: clap breaks lines only at blanks.
fn described(arg: Arg, help: Option<&CommandHelp>, room: usize) -> Arg {
    let mut text = text(help, arg.get_id().as_str()).unwrap_or_default().to_owned();
    if arg.get_action().takes_values() {
        let values: Vec<String> = arg
            .get_possible_values()
            .iter()
            .map(|value| match find(VALUES, value.get_name()) {
                Some(meaning) => format!("{}（{meaning}）", value.get_name()),
                None => value.get_name().to_owned(),
            })
            .collect();
        let default: Vec<_> =
            arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
        // Writing into a string does not fail.
        if let Some(variable) = arg.get_env() {
            let _ = write!(text, " [环境变量: {}]", variable.to_string_lossy());
        }
        if !default.is_empty() {
            let _ = write!(text, " [默认: {}]", default.join(" "));
        }
        if !values.is_empty() && !arg.is_hide_possible_values_set() {
            let _ = write!(text, " [可选值: {}]", values.join(", "));
        }
    }
    arg.help(wrap(&text, room).join("\n"))
        .long_help(Resettable::Reset)
        .hide_env(true)
        .hide_default_value(true)
        .hide_possible_values(true)
}

/// The usage line without its heading, in the form of clap's own, of a command that is built.
fn usage(command: &Command) -> StyledStr {
    let literal = command.get_styles().get_literal();
    let name = command.get_bin_name().unwrap_or(command.get_name());
    let mut usage = format!("{literal}{name}{literal:#}");
    if command.get_arguments().any(is_option) {
        usage.push_str(" [选项]");
    }
    let required = command.get_opts().filter(|arg| arg.is_required_set());
    for (arg, flag) in required.filter_map(|arg| Some((arg, arg.get_long()?))) {
        let _ = write!(usage, " {literal}--{flag}{literal:#}");
        for value in arg.get_value_names().unwrap_or_default() {
            let _ = write!(usage, " <{value}>");
        }
    }
    // The display of an argument has its value names, brackets and dots. Writing into a string does
    // not fail.
    for arg in command.get_positionals() {
        let _ = write!(usage, " {arg}");
    }
    if let Some(name) = command.get_subcommand_value_name().filter(|_| command.has_subcommands()) {
        let is_required = command.is_subcommand_required_set();
        let (open, close) = if is_required { ('<', '>') } else { ('[', ']') };
        let _ = write!(usage, " {open}{name}{close}");
    }
    StyledStr::from(usage)
}

/// Whether the usage line counts the argument among the options.
fn is_option(arg: &Arg) -> bool {
    use ArgAction::{Help, HelpLong, HelpShort, Version};
    let is_built_in = matches!(arg.get_action(), Help | HelpShort | HelpLong | Version);
    !arg.is_positional() && !is_built_in
}

fn text(help: Option<&CommandHelp>, id: &str) -> Option<&'static str> {
    help.and_then(|help| find(help.args, id)).or_else(|| find(SHARED, id))
}

fn find(table: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    table.iter().find(|(known, _)| *known == name).map(|(_, chinese)| *chinese)
}

fn width() -> usize {
    terminal_size::terminal_size().map_or(WIDTH, |(width, _)| usize::from(width.0).min(WIDTH))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn each(command: &Command, visit: &mut dyn FnMut(&Command)) {
        visit(command);
        // What can be asked help for is listed again below `help`.
        if command.get_name() != "help" {
            command.get_subcommands().for_each(|below| each(below, visit));
        }
    }

    fn built() -> Command {
        let mut command = LowArgs::command();
        command.build();
        command
    }

    #[test]
    fn the_table_has_every_text_of_the_command_line_and_no_other() {
        let mut missing = Vec::new();
        let mut used = BTreeSet::new();
        each(&built(), &mut |command| {
            let name = name(command);
            let Some(help) = commands().find(|help| help.name == name) else {
                missing.push(name.clone());
                return;
            };
            used.insert(name.clone());
            assert_eq!(command.get_after_help().is_some(), !help.after.is_empty(), "{name}");
            for arg in command.get_arguments() {
                let id = arg.get_id().as_str();
                if find(help.args, id).is_some() {
                    used.insert(format!("{name} {id}"));
                } else if find(SHARED, id).is_some() {
                    used.insert(format!("shared {id}"));
                } else {
                    missing.push(format!("{name} {id}"));
                }
                if !arg.get_action().takes_values() {
                    continue;
                }
                let id = arg.get_id().as_str().to_uppercase();
                let names = arg.get_value_names().unwrap_or_default();
                let names = names.iter().map(ToString::to_string);
                for name in if names.len() == 0 { vec![id] } else { names.collect() } {
                    if find(VALUE_NAMES, &name).is_none() {
                        missing.push(format!("<{name}>"));
                    }
                    used.insert(format!("<{name}>"));
                }
                for value in arg.get_possible_values() {
                    if value.get_help().is_some() {
                        used.insert(format!("value {}", value.get_name()));
                        if find(VALUES, value.get_name()).is_none() {
                            missing.push(format!("value {}", value.get_name()));
                        }
                    }
                }
            }
        });
        assert!(missing.is_empty(), "no Chinese for {missing:?}");
        let rows = commands().flat_map(|help| {
            let args = help.args.iter().map(|(id, _)| format!("{} {id}", help.name));
            args.chain([help.name.to_owned()])
        });
        let rows = rows
            .chain(SHARED.iter().map(|(id, _)| format!("shared {id}")))
            .chain(VALUE_NAMES.iter().map(|(name, _)| format!("<{name}>")))
            .chain(VALUES.iter().map(|(name, _)| format!("value {name}")));
        let stale: Vec<String> = rows.filter(|row| !used.contains(row)).collect();
        assert!(stale.is_empty(), "nothing has {stale:?}");
    }

    #[test]
    fn no_english_is_left_in_the_chinese_help_and_no_line_is_too_long() {
        each(&command(Lang::Zh), &mut |command| {
            let mut command = command.clone();
            for help in [command.render_help(), command.render_long_help()] {
                let help = help.to_string();
                assert!(help.contains("用法:"), "{help}");
                for line in help.lines() {
                    assert!(columns(line) <= WIDTH, "{}: {line}", columns(line));
                    let words: Vec<&str> = line.split([' ', '<', '>', '[', ']']).collect();
                    let is_word = |word: &&str| {
                        word.len() > 1 && word.chars().all(|c| c.is_ascii_alphabetic())
                    };
                    let sentence = words.windows(2).any(|pair| pair.iter().all(is_word));
                    let is_example =
                        line.trim_start().starts_with("dibao ") || line.starts_with("用法:");
                    assert!(!sentence || is_example, "{line}");
                    for clap in ["Usage", "OPTIONS", "COMMAND", "default:", "values:", "env:"] {
                        assert!(!line.contains(clap), "{line}");
                    }
                }
            }
        });
    }

    #[test]
    fn the_usage_line_is_that_of_clap_but_for_its_language() {
        each(&built(), &mut |command| {
            let mut command = command.clone().subcommand_value_name("COMMAND");
            let ours = usage(&command).ansi().to_string().replace("选项", "OPTIONS");
            let claps = command.render_usage().ansi().to_string();
            assert_eq!(claps.split_once(' ').expect("a heading").1, ours);
        });
    }

    #[test]
    fn the_english_help_is_what_clap_makes_of_the_doc_comments() {
        let english = command(Lang::En).render_long_help().to_string();
        assert_eq!(english, LowArgs::command().render_long_help().to_string());
    }
}
