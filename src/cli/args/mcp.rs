//! The arguments of `dibao mcp`.

use clap::Args;

use super::serve::public_url;

/// Let a language model use the archive (Model Context Protocol, over stdin and stdout)
#[derive(Debug, Args)]
#[command(after_help = "\
A program starts it, not a person: put it into the settings of your client. Tools search, read, count
and cite; nothing is ever written. The log is on stderr. It picks up what another process ingests.
Examples:
  dibao --index /srv/dibao/index mcp                the command for the settings
  dibao mcp --public-url https://archive.example    with permalinks to the pages there
`dibao serve` answers the same at /mcp.")]
pub(crate) struct McpArgs {
    /// Address of the pages, for permalinks in answers
    #[arg(long, value_name = "URL", value_parser = public_url)]
    pub public_url: Option<String>,
}
