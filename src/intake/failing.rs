//! Why something failed, as a value, by the error of the system or of a library.

use std::error::Error;
use std::io::{self, ErrorKind};

use zip::result::ZipError;

use crate::model::FailureReason;

/// The reason that an error has or stands for.
pub(super) fn reason_of(error: &(dyn Error + 'static)) -> FailureReason {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(reason) = error.downcast_ref::<FailureReason>() {
            return reason.clone();
        }
        if let Some(ZipError::CompressionMethodNotSupported(_)) = error.downcast_ref() {
            return FailureReason::OtherCompression;
        }
        if let Some(error) = error.downcast_ref::<io::Error>() {
            return of_io(error);
        }
        cause = error.source();
    }
    // What a library says of a content that it cannot read is for those who write such libraries.
    FailureReason::Malformed
}

fn of_io(error: &io::Error) -> FailureReason {
    if let Some(number) = error.raw_os_error() {
        let is_device = cfg!(unix) && number == DEVICE_FAILS;
        let known = if is_device { Some(FailureReason::ReadError) } else { of_kind(error.kind()) };
        return known.unwrap_or_else(|| FailureReason::said(error));
    }
    // What an error of this sort is made of is not its source, but has it.
    let within = error.get_ref().map(|within| reason_of(within));
    within
        .filter(|reason| *reason != FailureReason::Malformed)
        .or_else(|| of_kind(error.kind()))
        .unwrap_or(FailureReason::Malformed)
}

/// What Unix says of a disk that cannot be read (`EIO`); the standard library has no name for it.
const DEVICE_FAILS: i32 = 5;

/// The reason that a kind of error of the system stands for, if it is one that is known.
pub(super) fn of_kind(kind: ErrorKind) -> Option<FailureReason> {
    Some(match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => FailureReason::NoRoom,
        ErrorKind::PermissionDenied => FailureReason::NotPermitted,
        ErrorKind::NotFound => FailureReason::NotThere,
        ErrorKind::UnexpectedEof => FailureReason::BreaksOff,
        ErrorKind::TimedOut | ErrorKind::StaleNetworkFileHandle => FailureReason::ReadError,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_says_is_known_however_deep_it_lies() {
        let full = || io::Error::from(ErrorKind::StorageFull);
        assert_eq!(reason_of(&full()), FailureReason::NoRoom);
        assert_eq!(reason_of(&ZipError::Io(full())), FailureReason::NoRoom);
        assert_eq!(reason_of(&io::Error::other(full())), FailureReason::NoRoom);
        let own = io::Error::other(FailureReason::Malformed);
        assert_eq!(reason_of(&own), FailureReason::Malformed);
        assert_eq!(reason_of(&ZipError::Io(io::Error::other(full()))), FailureReason::NoRoom);
    }

    #[test]
    fn what_libraries_say_of_a_content_is_not_passed_on_and_what_the_system_says_is() {
        let malformed = [
            reason_of(&ZipError::InvalidArchive("Could not find EOCD".into())),
            reason_of(&io::Error::new(ErrorKind::InvalidData, "Invalid checksum")),
            reason_of(&io::Error::other("Unknown frame descriptor")),
            reason_of(&mailparse::MailParseError::Generic("Base64 decode error")),
        ];
        assert!(
            malformed.iter().all(|reason| *reason == FailureReason::Malformed),
            "{malformed:?}"
        );
        let other = ZipError::CompressionMethodNotSupported(99);
        assert_eq!(reason_of(&io::Error::other(other)), FailureReason::OtherCompression);
        assert_eq!(reason_of(&io::Error::from(ErrorKind::UnexpectedEof)), FailureReason::BreaksOff);
        let of_system = io::Error::from_raw_os_error(40);
        assert_eq!(reason_of(&of_system), FailureReason::said(&of_system));
        #[cfg(unix)]
        assert_eq!(reason_of(&io::Error::from_raw_os_error(5)), FailureReason::ReadError);
    }
}
