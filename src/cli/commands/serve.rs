//! `dibao serve`: sets the server up, says where it is, and writes its log to stderr.

use std::fs;
use std::io;
use std::path::Path;

use anyhow::{Context, bail};
use tracing::Level;

use crate::cli::ExitStatus;
use crate::cli::args::hiargs::Folders;
use crate::cli::args::serve::{LogFormat, ServeArgs};
use crate::cli::output::console::Console;
use crate::cli::output::failure;
use crate::search::Archive;
use crate::web::{Options, Server, asked_to_stop};

pub(crate) fn run(
    folders: &Folders,
    args: ServeArgs,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let token = args.token_file.as_deref().map(secret).transpose()?;
    let options = Options {
        address: args.addr,
        hosts: args.host,
        public_url: args.public_url,
        token,
        proxy_header: args.proxy_header,
        origins: args.cors,
        sitemap: args.sitemap,
        ..Options::new(folders.index.clone(), folders.corpus.clone())
    };
    write_log(args.log, console.paint_messages.0);
    // A server without an archive answers so, and has one as soon as there is one.
    if let Err(error) = Archive::open(&folders.index) {
        console.warn(error);
    }
    if options.is_open_to_all() {
        console.warn(format_args!(
            "anybody who reaches {} can read the archive; --token-file or --proxy-header says who \
             may",
            options.address
        ));
    }
    let address = options.address;
    let server = Server::bind(options).with_context(|| {
        format!("{address}: cannot be listened on; choose another address or port with --addr")
    })?;
    console.tell(format_args!("http://{}/  (Ctrl-C stops it)", server.address()?));
    server.run(asked_to_stop());
    Ok(ExitStatus::Found)
}

/// The first line of a file.
fn secret(path: &Path) -> anyhow::Result<String> {
    let text = fs::read_to_string(path).map_err(|error| failure::at_path(path, error))?;
    let secret = text.lines().next().unwrap_or_default().trim();
    if secret.is_empty() {
        bail!("{}: the file is empty; write the secret into its first line", path.display());
    }
    Ok(secret.to_owned())
}

fn write_log(format: LogFormat, colours: bool) {
    let log = tracing_subscriber::fmt().with_writer(io::stderr).with_max_level(Level::INFO);
    match format {
        LogFormat::Text => log.with_target(false).with_ansi(colours).compact().init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
}
