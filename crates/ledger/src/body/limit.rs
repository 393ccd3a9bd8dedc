//! What a certificate does not prove, as codes with a sentence for people in each language.

use serde::{Deserialize, Serialize};

/// What no certificate of this kind proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// Nobody can prove that a copy of a key was never made.
    KeyCopiesUnprovable,
    /// Keys or plaintext captured before still work on old images.
    CapturedBefore,
    /// It is effective from the slowest custodian's date.
    SlowestCustodian,
    /// The custodian's own disk, and swap, are excepted.
    CustodianDisk,
    /// Screenshots, sent mails and systems without a connector are not covered.
    OutsideCopies,
    /// Copies that were handed to the guest are theirs.
    HandedToGuest,
    /// Existence, times and size classes can survive in old images.
    TracesInImages,
    /// Losing the root or the key rows loses all.
    RootLoss,
    /// No authority has said that key destruction alone is erasure.
    LegalEffect,
    /// It follows the conditions of NIST SP 800-88 r2 for cryptographic erase; nobody certified it.
    NotCertified,
}

impl Limit {
    /// Those that hold for every certificate; [`Limit::HandedToGuest`] is added where it applies.
    pub const ALWAYS: [Self; 9] = [
        Self::KeyCopiesUnprovable,
        Self::CapturedBefore,
        Self::SlowestCustodian,
        Self::CustodianDisk,
        Self::OutsideCopies,
        Self::TracesInImages,
        Self::RootLoss,
        Self::LegalEffect,
        Self::NotCertified,
    ];

    /// In English, for people.
    #[must_use]
    pub fn sentence_en(self) -> &'static str {
        match self {
            Self::KeyCopiesUnprovable => "Nobody can prove that a copy of a key was never made.",
            Self::CapturedBefore => {
                "Keys or plaintext captured before the erasure still work on old images of the disks."
            }
            Self::SlowestCustodian => {
                "The erasure is effective from the date of the slowest key custodian."
            }
            Self::CustodianDisk => {
                "The key custodian's own disk and the swap space are not covered by the proof."
            }
            Self::OutsideCopies => {
                "Screenshots, sent mails and systems without a connector are not covered."
            }
            Self::HandedToGuest => "Copies that were handed to the guest are not covered.",
            Self::TracesInImages => {
                "That records existed, when, and their size classes can survive in old images."
            }
            Self::RootLoss => {
                "Losing the root key or the key rows would lose all records, not only the erased ones."
            }
            Self::LegalEffect => {
                "The legal effect is not settled: no authority has said that key destruction alone is erasure."
            }
            Self::NotCertified => {
                "It follows the conditions of NIST SP 800-88 r2 for cryptographic erase; it is not a certification."
            }
        }
    }

    /// In simplified Chinese, for people.
    #[must_use]
    pub fn sentence_zh(self) -> &'static str {
        match self {
            Self::KeyCopiesUnprovable => "无人能证明密钥从未被复制过。",
            Self::CapturedBefore => "删除之前被截获的密钥或明文，仍可用于旧的磁盘映像。",
            Self::SlowestCustodian => "删除自最慢的密钥保管方生效之日起有效。",
            Self::CustodianDisk => "密钥保管方自身的磁盘和交换分区不在证明范围内。",
            Self::OutsideCopies => "截图、已发出的邮件以及未接入的系统不在范围内。",
            Self::HandedToGuest => "已交给客人的副本不在范围内。",
            Self::TracesInImages => "旧映像中可能仍能看出记录曾经存在、其时间和大小类别。",
            Self::RootLoss => "丢失根密钥或密钥行会丢失全部记录，而不仅是已删除的记录。",
            Self::LegalEffect => "法律效力尚无定论：没有主管机关认定仅销毁密钥即构成删除。",
            Self::NotCertified => "遵循 NIST SP 800-88 r2 关于密码擦除的条件，但不是认证。",
        }
    }
}
