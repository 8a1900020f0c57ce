//! The arguments of `dibao watch`.

use clap::{Args, ValueEnum, ValueHint};

use super::ocr::OcrArgs;
use super::serve::public_url;
use super::timing::WatchTiming;

/// Watch the corpus folder and ingest what changes, until it is stopped
#[derive(Debug, Args)]
#[command(after_help = "\
A file is read when it has stood still for a while. Nothing is removed from the index because the
folder is missing or empty: that is waited for. corpus.toml, splitter.tsv and corrections count as
in `dibao ingest`; so does --ocr, without which new scans are not recognised. `dibao serve --watch`
does the same beside the server.
Examples:
  dibao watch                                  a line for each change
  dibao watch --poll 30s                       a folder that lies on a server
  dibao watch --ocr tesseract                  new scans are recognised, too
  dibao watch --alerts --webhook http://127.0.0.1:9000/dibao
Exit codes: 0 stopped by Ctrl-C or SIGTERM, 2 error.")]
pub(crate) struct WatchArgs {
    #[command(flatten)]
    pub timing: WatchTiming,
    #[command(flatten)]
    pub ocr: OcrArgs,
    /// Follow links that lead out of the corpus folder, too; files behind them become readable to all
    /// who can search
    #[arg(long)]
    pub follow_links: bool,
    /// After each ingest list the articles that are new to saved searches, as `dibao new` does
    #[arg(long)]
    pub alerts: bool,
    /// Address that the new articles are sent to as well
    #[arg(long, value_name = "URL", requires = "alerts")]
    pub webhook: Option<String>,
    /// Host other than this machine that --webhook may send to
    #[arg(long, value_name = "HOST", requires = "webhook", value_hint = ValueHint::Hostname)]
    pub allow_host: Vec<String>,
    /// Address at which the archive is served, for links to the articles
    #[arg(long, value_name = "URL", value_parser = public_url, requires = "alerts")]
    pub address: Option<String>,
    /// Output format; jsonl is one object per line
    #[arg(long, value_enum, default_value_t)]
    pub format: WatchFormat,
}

/// For people or for programs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum WatchFormat {
    #[default]
    Text,
    Jsonl,
}
