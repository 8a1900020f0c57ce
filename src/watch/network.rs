//! Which file systems tell of no changes that other machines make.

use std::path::Path;

/// The numbers of such file systems in Linux, as in `statfs(2)`. What a user's program serves (FUSE) tells
/// of nothing that happens behind it.
#[cfg(target_os = "linux")]
const NETWORK: [(u32, &str); 14] = [
    (0x0000_6969, "NFS"),
    (0x0000_517b, "SMB"),
    (0xff53_4d42, "CIFS"),
    (0xfe53_4d42, "SMB2"),
    (0x6573_5546, "FUSE"),
    (0x0102_1997, "9P"),
    (0x00c3_6400, "Ceph"),
    (0x5346_414f, "AFS"),
    (0x7375_7245, "Coda"),
    (0x0bd0_0bd0, "Lustre"),
    (0x4750_4653, "GPFS"),
    (0x786f_4256, "VirtualBox"),
    (0xbacb_acbc, "VMware"),
    (0x0116_1970, "GFS2"),
];

/// The name of the file system that a folder lies on, if that is one that others can write to without
/// this machine being told. `None` where that is not known.
#[cfg(target_os = "linux")]
pub(super) fn network(folder: &Path) -> Option<&'static str> {
    let kind = rustix::fs::statfs(folder).ok()?.f_type as u32;
    NETWORK.iter().find(|(number, _)| *number == kind).map(|(_, name)| *name)
}

#[cfg(not(target_os = "linux"))]
pub(super) fn network(_: &Path) -> Option<&'static str> {
    None
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn what_the_kernel_makes_up_is_no_network() {
        assert_eq!(network(Path::new("/proc")), None);
        assert_eq!(network(Path::new("/no/such/folder")), None);
    }
}
