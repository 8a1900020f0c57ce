//! Which language the program speaks. It is chosen before clap parses the arguments, since help and
//! usage errors need it.

use std::ffi::{OsStr, OsString};

use clap::ValueEnum;

use crate::present::Lang;

/// The environment variable that chooses the language.
pub(crate) const VARIABLE: &str = "DIBAO_LANG";
/// The environment variables of the locale; the first one that is set counts.
const LOCALE: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];

/// `--lang`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum LangChoice {
    #[default]
    Auto,
    Zh,
    En,
}

impl LangChoice {
    /// The language; `auto` is Chinese in a Chinese locale and English in any other.
    pub(crate) fn resolve(self, variable: impl Fn(&str) -> Option<OsString>) -> Lang {
        match self {
            Self::Zh => Lang::Zh,
            Self::En => Lang::En,
            Self::Auto => {
                let mut locale = LOCALE.into_iter().filter_map(variable);
                let locale = locale.find(|value| !value.is_empty()).unwrap_or_default();
                let is_chinese = locale.to_string_lossy().to_ascii_lowercase().starts_with("zh");
                if is_chinese { Lang::Zh } else { Lang::En }
            }
        }
    }
}

/// The language of help and usage errors. What is not a language counts as `auto` here; parsing
/// refuses it.
pub(crate) fn before_parsing(
    arguments: &[OsString],
    variable: impl Fn(&str) -> Option<OsString>,
) -> Lang {
    let choice = |value: &OsStr| {
        let value = value.to_str()?;
        LangChoice::from_str(value, false).ok()
    };
    let mut flagged = None;
    let mut rest = arguments.iter().take_while(|argument| *argument != "--");
    while let Some(argument) = rest.next() {
        if argument == "--lang" {
            flagged = rest.next().and_then(|value| choice(value));
        } else if let Some(value) = argument.to_str().and_then(|text| text.strip_prefix("--lang="))
        {
            flagged = choice(OsStr::new(value));
        }
    }
    let chosen = flagged.or_else(|| choice(&variable(VARIABLE)?)).unwrap_or_default();
    chosen.resolve(variable)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(arguments: &str, variables: &[(&str, &str)]) -> Lang {
        let arguments: Vec<OsString> = arguments.split(' ').map(OsString::from).collect();
        before_parsing(&arguments, |name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn the_flag_outranks_the_variable_and_this_the_locale() {
        let chinese = [("LANG", "zh_CN.UTF-8")];
        let english = [("LANG", "zh_CN.UTF-8"), (VARIABLE, "en")];
        assert_eq!(chosen("dibao --help", &chinese), Lang::Zh);
        assert_eq!(chosen("dibao --help", &english), Lang::En);
        assert_eq!(chosen("dibao search --lang zh --help", &english), Lang::Zh);
        assert_eq!(chosen("dibao --lang=auto", &english), Lang::Zh);
        assert_eq!(chosen("dibao search -- --lang=zh", &english), Lang::En);
    }

    #[test]
    fn the_locale_is_the_first_variable_that_is_set() {
        assert_eq!(chosen("dibao", &[("LC_ALL", "C"), ("LANG", "zh_CN.UTF-8")]), Lang::En);
        assert_eq!(chosen("dibao", &[("LC_ALL", ""), ("LC_MESSAGES", "zh_TW")]), Lang::Zh);
        assert_eq!(chosen("dibao", &[]), Lang::En);
    }

    #[test]
    fn what_is_not_a_language_counts_as_auto() {
        assert_eq!(chosen("dibao --lang", &[("LANG", "zh_CN")]), Lang::Zh);
        assert_eq!(chosen("dibao --lang fr", &[(VARIABLE, "de"), ("LANG", "zh_CN")]), Lang::Zh);
    }
}
