//! Who writes.

use clap::Args;

use crate::present::CorrectError;

/// Who writes.
#[derive(Debug, Default, Args)]
pub(crate) struct AuthorArgs {
    /// Your name [default: the user's login name]
    #[arg(long, value_name = "NAME", env = "DIBAO_EDITOR", hide_env_values = true)]
    pub by: Option<String>,
}

impl AuthorArgs {
    /// The name as it is given, else the login name.
    ///
    /// # Errors
    /// When there is neither.
    pub(crate) fn name(&self) -> Result<String, CorrectError> {
        let login =
            ["USER", "LOGNAME", "USERNAME"].into_iter().filter_map(|of| std::env::var(of).ok());
        let mut names = self.by.clone().into_iter().chain(login);
        let name = names.find(|name| !name.trim().is_empty()).ok_or(CorrectError::Nobody)?;
        Ok(name.trim().to_owned())
    }
}
