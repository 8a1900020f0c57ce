//! Why something failed, as a value, by the error of the system or of a library.

use std::error::Error;
use std::io::{self, ErrorKind};

use crate::model::FailureReason;

/// The reason that an error has or stands for.
pub(super) fn reason_of(error: &(dyn Error + 'static)) -> FailureReason {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(reason) = error.downcast_ref::<FailureReason>() {
            return reason.clone();
        }
        if let Some(error) = error.downcast_ref::<io::Error>() {
            // What an error of this sort is made of is not its source, but has it.
            let within = error.get_ref().map(|within| reason_of(within));
            let own = of_kind(error.kind());
            return within
                .filter(|reason| !matches!(reason, FailureReason::Said { .. }))
                .or(own)
                .unwrap_or_else(|| FailureReason::said(error));
        }
        cause = error.source();
    }
    FailureReason::said(error)
}

/// The reason that a kind of error of the system stands for, if it is one that is known.
pub(super) fn of_kind(kind: ErrorKind) -> Option<FailureReason> {
    Some(match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => FailureReason::NoRoom,
        ErrorKind::PermissionDenied => FailureReason::NotPermitted,
        ErrorKind::NotFound => FailureReason::NotThere,
        ErrorKind::UnexpectedEof => FailureReason::BreaksOff,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use zip::result::ZipError;

    use super::*;

    #[test]
    fn what_the_system_says_is_known_however_deep_it_lies() {
        let full = || io::Error::from(ErrorKind::StorageFull);
        assert_eq!(reason_of(&full()), FailureReason::NoRoom);
        assert_eq!(reason_of(&ZipError::Io(full())), FailureReason::NoRoom);
        assert_eq!(reason_of(&io::Error::other(full())), FailureReason::NoRoom);
        let own = io::Error::other(FailureReason::Malformed);
        assert_eq!(reason_of(&own), FailureReason::Malformed);
        let said = io::Error::other("the lamp is out");
        assert_eq!(reason_of(&said), FailureReason::said("the lamp is out"));
    }
}
