//! A corpus and an index in a folder of their own, and the program run on them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

/// A temporary folder with `corpus/` and `index/`; gone when dropped.
pub struct Place {
    folder: tempfile::TempDir,
}

/// What a run printed.
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Place {
    /// With an empty corpus.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir(folder.path().join("corpus")).expect("a new folder");
        Self { folder }
    }

    /// With a few articles of known content in the index.
    pub fn with_articles() -> Self {
        let place = Self::new();
        place.write("paper.jsonl", &jsonl(&articles()));
        let ran = place.run(&["ingest"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        place
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file of the corpus.
    pub fn write(&self, name: &str, content: &str) -> PathBuf {
        let path = self.path().join("corpus").join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        std::fs::write(&path, content).expect("a file");
        path
    }

    /// The program with the folder as its working directory and nothing of ours in its environment.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dibao"));
        command.args(arguments).current_dir(self.path());
        for name in [
            "DIBAO_CORPUS",
            "DIBAO_INDEX",
            "DIBAO_CURATION",
            "DIBAO_EDITOR",
            "DIBAO_SYNONYMS",
            "NO_COLOR",
            "CLICOLOR_FORCE",
        ] {
            command.env_remove(name);
        }
        // Whoever runs the tests, and whatever the locale is.
        command.env("USER", "乙二");
        command.env("DIBAO_LANG", "en");
        command.stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran::from(self.command(arguments).output().expect("the program runs"))
    }

    /// The same in Chinese.
    pub fn run_chinese(&self, arguments: &[&str]) -> Ran {
        let mut command = self.command(arguments);
        Ran::from(command.env("DIBAO_LANG", "zh").output().expect("the program runs"))
    }

    /// The id of the article with this title.
    pub fn id_of(&self, title: &str) -> String {
        let ran = self.run(&["search", "--format", "jsonl", "--limit", "1000"]);
        let hit = ran.json_lines().into_iter().find(|hit| hit["title"] == title);
        hit.expect("an article with this title")["id"].as_str().expect("an id").to_owned()
    }
}

impl Ran {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}\n{}\n{}", self.stdout, self.stderr))
    }

    pub fn json_lines(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().expect("not killed"),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

/// One JSON object per line.
pub fn jsonl(articles: &[Value]) -> String {
    let lines: Vec<String> = articles.iter().map(Value::to_string).collect();
    lines.join("\n") + "\n"
}

/// Articles whose every field is known, in words of our own.
pub fn articles() -> Vec<Value> {
    vec![
        json!({
            "publication": "河畔晚报", "date": "2021-03-04", "title": "老桥换上新栏杆",
            "body": "本报讯(记者 甲一)3月4日，登封市的老石桥换上了新栏杆。\n工人说，栏杆用了八十米青石。",
            "outlet": null, "byline": {"reporters": ["甲一"]},
            "districts": ["登封市"],
        }),
        json!({
            "publication": "河畔晚报", "date": "2021-03-20", "title": "茶农清明前开园",
            "body": "山坡上的茶园三月下旬开园采茶，今年产量约一百二十吨。",
            "districts": ["登封市"],
        }),
        json!({
            "publication": "河畔晚报", "date": "2021-05-01", "title": "石桥镇办起龙舟赛",
            "body": "石桥镇的龙舟赛来了二十支队伍，两岸站满了人。",
            "outlet": "山前日报", "districts": ["荥阳市"],
        }),
        json!({
            "publication": "山前政报", "title": "关于修缮乡村公路的通知", "kind": "document",
            "docno": "山政〔2020〕7号", "date": "2020-11-02", "issuer": "山前县人民政府",
            "body": "各乡镇：\n入冬以前，完成全县乡村公路的修缮。",
        }),
    ]
}
