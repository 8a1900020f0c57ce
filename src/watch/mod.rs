//! When has something changed in the corpus folder, and is it time to ingest it?
//!
//! Whatever tells of a change, the whole folder is looked at: `look` notes size and times of every file and
//! archive that an ingest would take, as the walk of an ingest finds them. So an event that is lost, or a thousand at once, make no difference; events
//! (`notifier`) and the clock only say when to look (`wake`). Where the file system tells of nothing, there
//! is the clock alone (`network`). A file is taken when it has stood still for a while; what is being
//! written stays in the index as it is. Then the usual ingest runs (`watcher`).

mod events;
mod look;
mod network;
mod notifier;
mod wake;
mod watcher;

pub use events::{FileChange, Noticing, PollReason, Standing, WaitReason, WatchEvent, WatchRun};
pub use wake::Wake;
pub use watcher::{WatchPlan, run};
