//! The fingerprint of everything but its content that decides how a file is read.

use super::publication::Publication;
use crate::curation::FileCorrections;
use crate::intake::{Config, CorpusFile};

/// Changes with the code and the tables that files go through; made by `build.rs`.
const PROGRAM: &str = env!("DIBAO_RULES");

/// A hash of the program's rules, of its version, of what `corpus.toml` and the path say of a file,
/// of the table that it is split by, of the files that the habits of its publication come from, and of
/// what people decided about it. It is kept in the report on the file; a file that was read by other
/// rules is read again.
pub(super) fn rules(
    config: &Config,
    found: &CorpusFile,
    publication: &Publication,
    corrections: Option<&FileCorrections>,
) -> String {
    let decided = corrections.map(FileCorrections::fingerprint).unwrap_or_default();
    rules_of(PROGRAM, config, found, &format!("{} {decided}", publication.fingerprint()))
}

fn rules_of(program: &str, config: &Config, found: &CorpusFile, habits: &str) -> String {
    let (meta, encoding) = (config.meta(&found.source), config.encoding(&found.source));
    let reading = config.reading(&found.source);
    let version = concat!(env!("CARGO_PKG_VERSION"), " ").to_owned() + found.programs();
    let format = found.format;
    let rules =
        format!("{version} {program} {meta:?} {encoding:?} {reading:?} {format:?} {habits}");
    blake3::hash(rules.as_bytes()).to_hex().as_str()[..16].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::FileFormat;

    #[test]
    fn another_program_is_other_rules() {
        let found = CorpusFile {
            path: "a.txt".into(),
            real: "a.txt".into(),
            source: "a.txt".to_owned(),
            packed: None,
            parts: Vec::new(),
            pictures: Vec::new(),
            format: FileFormat::Text,
            bytes: 7,
            modified: None,
        };
        let config = Config::default();
        let publication = Publication::default();
        let now = rules(&config, &found, &publication, None);
        assert_eq!(now, rules_of(PROGRAM, &config, &found, " "));
        let decided = FileCorrections::default();
        assert_ne!(now, rules(&config, &found, &publication, Some(&decided)));
        assert_ne!(now, rules_of("0123456789abcdef", &config, &found, ""));
        assert_ne!(now, rules_of(PROGRAM, &config, &found, "0123456789abcdef"));
        assert_eq!(PROGRAM.len(), 16);
    }
}
