//! How a member of staff shows who they are: a password, kept as its Argon2id hash (RFC 9106), and a code that changes every half
//! minute (TOTP, RFC 6238).

use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use totp_rs::{Builder, Totp};

use super::{StaffProblem, StoredMember};
use crate::Service;
use crate::error::ServiceError;

/// Shortest password, characters (NIST SP 800-63B-4: 15 where it stands alone, 8 beside a second factor).
pub const PASSWORD_CHARS_MIN: usize = 12;
/// Longest password, bytes: a limit on what is hashed.
pub const PASSWORD_BYTES_MAX: usize = 256;
/// What a hash costs: 19 MiB, two rounds, one lane (OWASP password storage cheat sheet, 2025: the least for Argon2id).
const MEMORY_KIB: u32 = 19 * 1024;
const ROUNDS: u32 = 2;
const LANES: u32 = 1;
const SALT_BYTES: usize = 16;
/// Bytes of a second factor's secret: those of HMAC-SHA1 (RFC 4226, 4).
const SECRET_BYTES: usize = 20;
const CODE_DIGITS: u8 = 6;
const CODE_SECONDS: u64 = 30;
/// Codes of the half minute before and after are taken too: clocks differ.
const CODE_SKEW: u16 = 1;

/// How somebody showed who they are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proof {
    /// They have no password: who has the keys of the house on this machine is believed.
    Machine,
    /// A password.
    Password,
    /// A password and a code.
    SecondFactor,
    /// Nobody acted: a rule or a schedule did.
    System,
}

/// What somebody gave to show who they are.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    pub(super) password: Option<&'a str>,
    pub(super) code: Option<&'a str>,
}

/// What came of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shown {
    /// Not all that is asked for was given.
    Nothing,
    /// Something of it was wrong.
    Wrong,
    /// Nothing is asked for.
    Machine,
    /// The password.
    Password,
    /// The password, and the code of this half minute; `latest` is the last of which one would be taken now.
    Code { step: u64, latest: u64 },
}

/// A password's hash, with the salt and the costs that it was made with: they may be raised later.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct StoredPassword {
    salt: [u8; SALT_BYTES],
    memory_kib: u32,
    rounds: u32,
    hash: Key32,
}

/// 32 bytes that are compared in constant time.
#[derive(Clone, Serialize, Deserialize)]
struct Key32([u8; 32]);

/// A second factor's secret.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct StoredSecond([u8; SECRET_BYTES]);

impl StoredSecond {
    fn totp(&self, issuer: &str, account: &str) -> Result<Totp, ServiceError> {
        // The address has a colon between the two.
        let plain = |name: &str| name.replace(':', " ");
        Builder::new()
            .with_digits(CODE_DIGITS)
            .with_step_duration(CODE_SECONDS)
            .with_skew(CODE_SKEW)
            .with_secret(self.0.to_vec())
            .with_issuer(Some(plain(issuer)))
            .with_account_name(plain(account))
            .build()
            .map_err(|_| ServiceError::Staff(StaffProblem::NotComputed))
    }

    /// What an authenticator app reads.
    pub(super) fn address(&self, issuer: &str, account: &str) -> Result<String, ServiceError> {
        self.totp(issuer, account)?
            .to_url()
            .map_err(|_| ServiceError::Staff(StaffProblem::NotComputed))
    }
}

fn hash(
    password: &str,
    salt: &[u8; SALT_BYTES],
    (memory_kib, rounds): (u32, u32),
) -> Result<[u8; 32], ServiceError> {
    let refused = |_| ServiceError::Staff(StaffProblem::NotComputed);
    let params = Params::new(memory_kib, rounds, LANES, Some(32)).map_err(refused)?;
    let mut hash = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(password.as_bytes(), salt, &mut hash)
        .map_err(refused)?;
    Ok(hash)
}

impl Service {
    pub(super) fn new_password(&self, password: &str) -> Result<StoredPassword, ServiceError> {
        if password.chars().count() < PASSWORD_CHARS_MIN || password.len() > PASSWORD_BYTES_MAX {
            return Err(ServiceError::Staff(StaffProblem::WeakPassword));
        }
        let salt = self.random();
        Ok(StoredPassword {
            hash: Key32(hash(password, &salt, (MEMORY_KIB, ROUNDS))?),
            salt,
            memory_kib: MEMORY_KIB,
            rounds: ROUNDS,
        })
    }

    pub(super) fn new_second_factor(&self) -> StoredSecond {
        StoredSecond(self.random())
    }

    /// What somebody showed of what this member has to show.
    pub(super) fn prove(
        &self,
        member: &StoredMember,
        given: Given<'_>,
    ) -> Result<Shown, ServiceError> {
        let Some(stored) = &member.password else {
            return Ok(Shown::Machine);
        };
        let Some(password) = given.password else {
            return Ok(Shown::Nothing);
        };
        if password.len() > PASSWORD_BYTES_MAX {
            return Ok(Shown::Wrong);
        }
        let costs = (stored.memory_kib, stored.rounds);
        let hashed = hash(password, &stored.salt, costs)?;
        if aws_lc_rs::constant_time::verify_slices_are_equal(&hashed, &stored.hash.0).is_err() {
            return Ok(Shown::Wrong);
        }
        let Some(second) = &member.second else {
            return Ok(Shown::Password);
        };
        let Some(code) = given.code else {
            return Ok(Shown::Nothing);
        };
        let now = u64::try_from(self.now().as_second()).unwrap_or_default();
        let step = second.totp("", "staff")?.check(code, now);
        let latest = now / CODE_SECONDS + u64::from(CODE_SKEW);
        Ok(step.map_or(Shown::Wrong, |step| Shown::Code { step, latest }))
    }
}
