//! Where output goes: data to stdout, all else to stderr, coloured and as wide as the terminal is.

use std::fmt::{self, Display};
use std::io::{self, BufWriter, IsTerminal, Stderr, Stdout, Write};

use anstyle::{AnsiColor, Style};

use crate::cli::args::ColorChoice;
use crate::present::Lang;

/// Columns where there is no terminal to ask.
const WIDTH: usize = 100;
/// Chinese text is hard to read in longer lines.
const MAX_COLUMNS: usize = 120;

/// What commands print to.
#[derive(Debug)]
pub(crate) struct Console {
    /// Data. Buffered: flushed at the end of the run. Not locked: `mcp` answers from other threads.
    pub out: BufWriter<Stdout>,
    messages: Stderr,
    /// Colours for data.
    pub paint: Paint,
    /// Colours for messages.
    pub paint_messages: Paint,
    /// Whether data goes to a terminal.
    pub is_terminal: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// The language of messages, tables and summaries.
    pub lang: Lang,
}

/// Whether colours are on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Paint(pub bool);

impl Console {
    pub(crate) fn new(color: ColorChoice, lang: Lang) -> Self {
        let (stdout, stderr) = (io::stdout(), io::stderr());
        let width = if stdout.is_terminal() {
            terminal_size::terminal_size().map_or(WIDTH, |(width, _)| usize::from(width.0))
        } else {
            WIDTH
        };
        Self {
            paint: Paint(coloured(color, stdout.is_terminal())),
            paint_messages: Paint(coloured(color, stderr.is_terminal())),
            is_terminal: stdout.is_terminal(),
            out: BufWriter::with_capacity(1 << 16, stdout),
            width: width.clamp(40, MAX_COLUMNS),
            messages: stderr,
            lang,
        }
    }

    /// Prints a warning to stderr.
    pub(crate) fn warn(&self, message: impl Display) {
        let name = self.paint_messages.doubt(self.lang.of("警告：", "warning: "));
        self.tell(format_args!("{name}{message}"));
    }

    /// Prints a line to stderr; a failure to write it is ignored.
    pub(crate) fn tell(&self, message: impl Display) {
        let _ = writeln!(&self.messages, "{message}");
    }
}

/// <https://no-color.org>: set and not empty means no colour; the flag outranks it.
fn coloured(color: ColorChoice, terminal: bool) -> bool {
    let asked_not_to = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    match color {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => terminal && !asked_not_to && !dumb,
    }
}

impl Paint {
    /// What was looked for.
    pub(crate) fn hit<T: Display>(self, text: T) -> Painted<T> {
        self.with(AnsiColor::Red.on_default().bold(), text)
    }

    /// Titles and heads of tables.
    pub(crate) fn strong<T: Display>(self, text: T) -> Painted<T> {
        self.with(Style::new().bold(), text)
    }

    /// Secondary text.
    pub(crate) fn faint<T: Display>(self, text: T) -> Painted<T> {
        self.with(Style::new().dimmed(), text)
    }

    /// Ids and places in files.
    pub(crate) fn place<T: Display>(self, text: T) -> Painted<T> {
        self.with(AnsiColor::Cyan.on_default(), text)
    }

    /// Guesses and warnings.
    pub(crate) fn doubt<T: Display>(self, text: T) -> Painted<T> {
        self.with(AnsiColor::Yellow.on_default(), text)
    }

    /// What only the first of two texts has; not told by colour alone.
    pub(crate) fn removed<T: Display>(self, text: T) -> Painted<T> {
        self.with(AnsiColor::Red.on_default().strikethrough(), text)
    }

    /// What only the second of two texts has.
    pub(crate) fn added<T: Display>(self, text: T) -> Painted<T> {
        self.with(AnsiColor::Green.on_default().underline(), text)
    }

    fn with<T: Display>(self, style: Style, text: T) -> Painted<T> {
        Painted { style: if self.0 { style } else { Style::new() }, text }
    }
}

/// A text in a style.
#[derive(Debug)]
pub(crate) struct Painted<T> {
    style: Style,
    text: T,
}

impl<T: Display> Display for Painted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{:#}", self.style, self.text, self.style)
    }
}
