//! Where a cluster is, and how it lets us in.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;

/// The alias of an archive, if the settings name no other.
const INDEX: &str = "dibao";

/// Where a cluster is, how it lets us in, and what the archive is called there.
#[derive(Clone, PartialEq, Eq)]
pub struct ClusterSettings {
    /// Addresses of its nodes; one that does not answer gives way to the next.
    pub urls: Vec<String>,
    /// Alias of the archive.
    pub index: String,
    /// Name and password.
    pub credentials: Option<(String, String)>,
    /// Certificates of authorities, in the PEM format; none are those of the system's usual ones.
    pub authorities: Option<Vec<u8>>,
    /// Shards of a new index.
    pub shards: u32,
}

/// The table `[engine]` of a settings file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct EngineTable {
    #[serde(default)]
    urls: Vec<String>,
    index: Option<String>,
    user: Option<String>,
    password: Option<String>,
    ca: Option<PathBuf>,
    shards: Option<u32>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct SettingsFile {
    #[serde(default)]
    engine: EngineTable,
}

/// Why the settings of a cluster cannot be used.
#[derive(Debug, Error)]
pub enum SettingsError {
    /// A file cannot be read.
    #[error("{path}: {source}; check its name and its permissions", path = path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The settings file is no settings file.
    #[error(
        "{path}: {reason}; write a table [engine] with urls, index, user, password, ca, shards",
        path = path.display()
    )]
    Invalid {
        /// The file.
        path: PathBuf,
        /// What is wrong in it.
        reason: String,
    },
    /// The archive is in a folder.
    #[error(
        "no cluster keeps the archive; name it with --engine opensearch, or DIBAO_ENGINE=opensearch"
    )]
    NoCluster,
    /// No address.
    #[error(
        "no address of the cluster; set DIBAO_ENGINE_URL (several are divided by commas), or write \
         urls = [\"https://…\"] below [engine] in the file that --settings names"
    )]
    NoUrl,
    /// An address that is none.
    #[error("`{url}`: not an address of a cluster; write http://HOST:9200 or https://HOST:9200")]
    Url {
        /// As it was given.
        url: String,
    },
    /// A name that no index can have.
    #[error(
        "`{name}`: not a name for the archive; use small letters, digits, - and _, a letter first, up to 100"
    )]
    Index {
        /// As it was given.
        name: String,
    },
    /// A name without a password, or the other way round.
    #[error(
        "credentials are a name and a password; set both DIBAO_ENGINE_USER and \
         DIBAO_ENGINE_PASSWORD, or write both below [engine]"
    )]
    Credentials,
    /// Credentials that would cross the network as they are.
    #[error(
        "`{url}`: a password is not sent without encryption; use https, or an address of this machine"
    )]
    Unencrypted {
        /// The address.
        url: String,
    },
    /// The file of authorities has no certificate.
    #[error("{path}: no certificate in it; name a file in the PEM format", path = path.display())]
    NoCertificate {
        /// The file.
        path: PathBuf,
    },
}

impl fmt::Debug for ClusterSettings {
    /// Without the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let user = self.credentials.as_ref().map(|(user, _)| user);
        f.debug_struct("ClusterSettings")
            .field("urls", &self.urls)
            .field("index", &self.index)
            .field("user", &user)
            .field("shards", &self.shards)
            .finish_non_exhaustive()
    }
}

impl ClusterSettings {
    /// What a settings file and variables of the environment (`DIBAO_ENGINE_…`) say; variables come
    /// before the file. Neither is on the command line, where others could read it.
    ///
    /// # Errors
    /// When they say too little, or something that cannot be.
    pub fn read(
        file: Option<&Path>,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, SettingsError> {
        let table = file.map(read_table).transpose()?.unwrap_or_default();
        let variable = |name: &str| {
            variable(&format!("DIBAO_ENGINE_{name}")).filter(|value| !value.is_empty())
        };
        let urls = match variable("URL") {
            Some(urls) => urls.split(',').map(|url| url.trim().to_owned()).collect(),
            None => table.urls,
        };
        let urls: Vec<String> =
            urls.iter().map(|url| checked_url(url)).collect::<Result<_, _>>()?;
        if urls.is_empty() {
            return Err(SettingsError::NoUrl);
        }
        let index = variable("INDEX").or(table.index).unwrap_or_else(|| INDEX.to_owned());
        if !is_name(&index) {
            return Err(SettingsError::Index { name: index });
        }
        let user = variable("USER").or(table.user);
        let credentials = match (user, variable("PASSWORD").or(table.password)) {
            (Some(user), Some(password)) => Some((user, password)),
            (None, None) => None,
            _ => return Err(SettingsError::Credentials),
        };
        let bare = urls.iter().find(|url| !url.starts_with("https:") && !is_of_this_machine(url));
        if let (Some(url), Some(_)) = (bare, &credentials) {
            return Err(SettingsError::Unencrypted { url: url.clone() });
        }
        let ca = variable("CA").map(PathBuf::from).or(table.ca);
        let authorities = ca.as_deref().map(read_authorities).transpose()?;
        Ok(Self { urls, index, credentials, authorities, shards: table.shards.unwrap_or(1).max(1) })
    }
}

fn read_table(path: &Path) -> Result<EngineTable, SettingsError> {
    let unreadable = |source| SettingsError::Unreadable { path: path.to_owned(), source };
    let text = fs::read_to_string(path).map_err(unreadable)?;
    let file: Result<SettingsFile, _> = toml::from_str(&text);
    // The error shows the line, which can have the password.
    file.map(|file| file.engine).map_err(|error| SettingsError::Invalid {
        path: path.to_owned(),
        reason: error.message().to_owned(),
    })
}

fn read_authorities(path: &Path) -> Result<Vec<u8>, SettingsError> {
    let unreadable = |source| SettingsError::Unreadable { path: path.to_owned(), source };
    let pem = fs::read(path).map_err(unreadable)?;
    let has_certificate = String::from_utf8_lossy(&pem).contains("-----BEGIN CERTIFICATE-----");
    has_certificate
        .then_some(pem)
        .ok_or_else(|| SettingsError::NoCertificate { path: path.to_owned() })
}

/// An address without the slash at its end.
fn checked_url(url: &str) -> Result<String, SettingsError> {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let is_host = |host: &str| {
        let host = host.trim_end_matches('/');
        let is_part = |c: char| c.is_ascii_graphic() && !"/?#@\\\"<>".contains(c);
        !host.is_empty() && host.chars().all(is_part)
    };
    if host.is_some_and(is_host) {
        return Ok(url.trim_end_matches('/').to_owned());
    }
    Err(SettingsError::Url { url: url.to_owned() })
}

fn is_of_this_machine(url: &str) -> bool {
    let host = url.strip_prefix("http://").unwrap_or(url);
    ["127.0.0.1", "localhost", "[::1]"].iter().any(|own| {
        host.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
    })
}

fn is_name(name: &str) -> bool {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    name.len() <= 100
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<ClusterSettings, SettingsError> {
        ClusterSettings::read(None, |name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn variables_say_where_the_cluster_is() {
        let settings = read(&[("DIBAO_ENGINE_URL", "https://a:9200/, http://[::1]:9201")]);
        let settings = settings.expect("settings");
        assert_eq!(settings.urls, ["https://a:9200", "http://[::1]:9201"]);
        assert_eq!((settings.index.as_str(), settings.shards), ("dibao", 1));
    }

    #[test]
    fn what_cannot_be_is_refused_with_what_to_do() {
        let url = ("DIBAO_ENGINE_URL", "http://localhost:9200");
        let cases: &[&[(&str, &str)]] = &[
            &[],
            &[("DIBAO_ENGINE_URL", "localhost:9200")],
            &[("DIBAO_ENGINE_URL", "http://user:secret@host")],
            &[url, ("DIBAO_ENGINE_INDEX", "Dibao")],
            &[url, ("DIBAO_ENGINE_USER", "admin")],
            &[
                ("DIBAO_ENGINE_URL", "http://far:9200"),
                ("DIBAO_ENGINE_USER", "admin"),
                ("DIBAO_ENGINE_PASSWORD", "secret"),
            ],
            &[url, ("DIBAO_ENGINE_CA", "/nowhere/ca.pem")],
        ];
        for case in cases {
            let error = read(case).expect_err("refused");
            assert!(!error.to_string().contains("secret") || case.len() == 1, "{error}");
        }
    }

    #[test]
    fn a_file_says_the_same_and_an_unknown_key_is_named_without_its_value() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("dibao.toml");
        fs::write(&path, "[engine]\nurls = [\"https://a\"]\nuser = \"u\"\npassword = \"geheim\"\n")
            .expect("written");
        let settings = ClusterSettings::read(Some(&path), |_| None).expect("settings");
        assert_eq!(settings.credentials, Some(("u".into(), "geheim".into())));
        assert!(!format!("{settings:?}").contains("geheim"));
        fs::write(&path, "[engine]\npasword = \"geheim\"\n").expect("written");
        let error = ClusterSettings::read(Some(&path), |_| None).expect_err("refused").to_string();
        assert!(error.contains("pasword") && !error.contains("geheim"), "{error}");
    }
}
