//! `dibao mcp`: the tools of the archive over stdin and stdout; its log is on stderr.

use anyhow::Context;

use super::serve::write_log;
use crate::cli::ExitStatus;
use crate::cli::args::folders::Folders;
use crate::cli::args::mcp::McpArgs;
use crate::cli::args::serve::LogFormat;
use crate::cli::output::console::Console;
use crate::present::errors;
use crate::search::Archive;
use crate::web::{Options, asked_to_stop, serve_stdio};

pub(crate) fn run(
    folders: &Folders,
    args: McpArgs,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let lang = console.lang;
    write_log(LogFormat::Text, console.paint_messages.0);
    // Without an archive every answer says so, until there is one.
    if let Err(error) = Archive::open(&folders.index) {
        console.warn(errors::error(lang, &error));
    }
    let options = Options {
        public_url: args.public_url,
        curation: folders.curation.clone(),
        ..Options::new(folders.index.clone(), folders.corpus.clone())
    };
    let served = serve_stdio(options, lang, asked_to_stop());
    served.with_context(|| {
        lang.of("stdin：不是 MCP 客户端", "stdin: this is no client of MCP").to_owned()
    })?;
    Ok(ExitStatus::Found)
}
