//! `dibao serve`: sets the server up, says where it is, and writes its log to stderr.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use anyhow::{Context, anyhow, bail};
use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use super::watch;
use crate::cli::ExitStatus;
use crate::cli::args::folders::Folders;
use crate::cli::args::serve::{LogFormat, ServeArgs};
use crate::cli::output::console::Console;
use crate::cli::output::failure;
use crate::ingest::{self, IngestPlan, StopSignal};
use crate::present::{Lang, errors, file_path};
use crate::search::Archive;
use crate::watch::Wake;
use crate::web::{EditorTokens, OaiSettings, Options, Reingest, ReingestError, Server, WatchState};

pub(crate) fn run(
    folders: &Folders,
    args: ServeArgs,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let lang = console.lang;
    let token = args.token_file.as_deref().map(|path| secret(path, lang)).transpose()?;
    let editors = match &args.editor_token_file {
        Some(path) => Some(editors(path, console)?),
        None => None,
    };
    if (args.timing.is_given() || args.ocr.ocr.is_some()) && !args.watch {
        bail!(lang.of(
            "--rescan、--poll、--settle 和 --ocr 须与 --watch 同用",
            "--rescan, --poll, --settle and --ocr go with --watch; add it",
        ));
    }
    let (turn, wake): (Arc<Mutex<()>>, _) = (Arc::default(), Wake::default());
    let options = Options {
        address: args.addr,
        hosts: args.host,
        public_url: args.public_url,
        token,
        proxy_header: args.proxy_header,
        origins: args.cors,
        sitemap: args.sitemap,
        oai: args.oai.map(|admin_email| OaiSettings { admin_email, name: args.oai_name }),
        mcp: !args.no_mcp,
        curation: folders.curation.clone(),
        editors,
        reingest: Some(reingest(folders, turn.clone(), wake.stop_signal())),
        watch: args.watch.then(WatchState::default),
        ..Options::new(folders.index.clone(), folders.corpus.clone())
    };
    write_log(args.log, console.paint_messages.0);
    // A server without an archive answers so, and has one as soon as there is one.
    if let Err(error) = Archive::open(&folders.index) {
        console.warn(errors::error(lang, &error));
    }
    if options.is_open_to_all() {
        let address = options.address;
        console.warn(lang.of(
            format!(
                "能访问 {address} 的人都可以读取文章库；可用 --token-file 或 --proxy-header 限制"
            ),
            format!(
                "anyone who can reach {address} can read the archive; --token-file or \
                 --proxy-header restricts access"
            ),
        ));
    }
    let (address, watch) = (options.address, options.watch.clone());
    let server = Server::bind(options).with_context(|| {
        lang.of(
            format!("{address}：无法监听；请用 --addr 换一个地址或端口"),
            format!("{address}: cannot listen; choose another address or port with --addr"),
        )
    })?;
    let stop = lang.of("（按 Ctrl-C 停止）", "  (Ctrl-C stops it)");
    console.tell(format_args!("http://{}/{stop}", server.address()?));
    let (timing, ocr) = (args.timing, args.ocr.ocr);
    let watching =
        watch.map(|state| watch::beside_server(folders, timing, ocr, turn, &wake, state, lang));
    server.run_until_asked(move || wake.stop())?;
    // An ingest gives up the file that it reads; who cannot wait for that asks a second time.
    watching.map(JoinHandle::join);
    Ok(ExitStatus::Found)
}

/// The editors of a file of tokens; a warning where others can read it.
fn editors(path: &Path, console: &mut Console) -> anyhow::Result<EditorTokens> {
    let lang = console.lang;
    let text = fs::read_to_string(path).map_err(|error| failure::at_path(path, error))?;
    let shown = path.display();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(path).map(|file| file.permissions().mode());
        if mode.is_ok_and(|mode| mode & 0o077 != 0) {
            console.warn(lang.of(
                format!("{shown}：其他用户可以读取编辑令牌；请执行 `chmod 600 {shown}`"),
                format!(
                    "{shown}: other users can read the tokens of editors; run `chmod 600 {shown}`"
                ),
            ));
        }
    }
    let read = EditorTokens::read(&text);
    read.map_err(|error| {
        let error = error.text(lang);
        anyhow!(lang.of(format!("{shown}：{error}"), format!("{shown}: {error}")))
    })
}

/// Reads files of the corpus again, beside the searches: on one thread, and never while another ingest of
/// this process has its turn.
fn reingest(folders: &Folders, turn: Arc<Mutex<()>>, stop: StopSignal) -> Reingest {
    let plan = IngestPlan {
        stop,
        curation: Some(folders.curation.clone()),
        threads: 1,
        ..IngestPlan::new(&folders.corpus, &folders.index)
    };
    Reingest::new(move |files| {
        let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
        read_again(&plan, files)
    })
}

fn read_again(plan: &IngestPlan, files: &[String]) -> Result<(), ReingestError> {
    let failed = |error: &dyn std::error::Error| ReingestError::Failed(error.to_string());
    let archive = Archive::open(&plan.index).map_err(|error| failed(&error))?;
    let mut paths = Vec::with_capacity(files.len());
    for file in files {
        let path = file_path(&archive, &plan.corpus, file).map_err(|error| failed(&error))?;
        // Without paths the whole corpus would be read, and what is not there now be removed.
        let gone = || ReingestError::Failed(format!("{file}: no such file; run `dibao ingest`"));
        paths.push(path.ok_or_else(gone)?);
    }
    if paths.is_empty() {
        return Ok(());
    }
    match ingest::run(&IngestPlan { paths, ..plan.clone() }, &()) {
        Ok(_) => Ok(()),
        Err(error) if error.is_busy() => Err(ReingestError::Busy),
        Err(error) => Err(failed(&error)),
    }
}

/// The first line of a file.
fn secret(path: &Path, lang: Lang) -> anyhow::Result<String> {
    let text = fs::read_to_string(path).map_err(|error| failure::at_path(path, error))?;
    let secret = text.lines().next().unwrap_or_default().trim();
    if secret.is_empty() {
        let path = path.display();
        bail!(lang.of(
            format!("{path}：文件是空的；请把凭证写在第一行"),
            format!("{path}: the file is empty; put the token into its first line"),
        ));
    }
    Ok(secret.to_owned())
}

/// Writes the log to stderr.
pub(super) fn write_log(format: LogFormat, colours: bool) {
    // The protocol of language models logs each message.
    let logged = Targets::new().with_default(Level::INFO).with_target("rmcp", Level::WARN);
    let log = tracing_subscriber::fmt().with_writer(io::stderr).with_max_level(Level::INFO);
    match format {
        LogFormat::Text => {
            log.with_target(false).with_ansi(colours).compact().finish().with(logged).init();
        }
        LogFormat::Json => log.json().flatten_event(true).finish().with(logged).init(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_archive_are_read_again_and_none_is_lost() {
        let place = tempfile::tempdir().expect("a folder");
        let (corpus, index) = (place.path().join("corpus"), place.path().join("index"));
        fs::create_dir(&corpus).expect("a corpus");
        for file in ["corpus/a.txt", "corpus/b.txt", "c.txt"] {
            let text = format!("{file}\n本报讯 新桥昨天通车，两岸居民往来方便了许多。\n");
            fs::write(place.path().join(file), text).expect("a file");
        }
        let plan = IngestPlan { threads: 1, ..IngestPlan::new(&corpus, &index) };
        ingest::run(&plan, &()).expect("an ingest");
        let files = || Archive::open(&index).and_then(|archive| archive.file_reports());
        fs::remove_file(corpus.join("b.txt")).expect("it was there");
        let outside = place.path().join("c.txt").display().to_string();
        for gone in ["b.txt", "../c.txt", outside.as_str(), "new.txt", ""] {
            let read = read_again(&plan, &[gone.to_owned()]);
            assert!(matches!(read, Err(ReingestError::Failed(_))), "{gone}: {read:?}");
        }
        assert_eq!(read_again(&plan, &["a.txt".to_owned()]), Ok(()));
        let files: Vec<String> =
            files().expect("an index").into_iter().map(|report| report.source).collect();
        assert_eq!(files, ["a.txt", "b.txt"]);
    }
}
