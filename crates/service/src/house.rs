//! What a house says about itself: its own phone numbers, which are nobody's personal data, and how long its bookings guard their
//! records.

use wuhen_model::booking::GuardDays;
use wuhen_model::people::Permission;

use crate::Service;
use crate::error::ServiceError;
use crate::staff::Actor;

/// Own numbers that a house may name.
pub const OWN_NUMBERS_MAX: usize = 200;
/// Longest of them, bytes.
pub const OWN_NUMBER_BYTES_MAX: usize = 40;
/// Digits that one has at least, without zeros before them: the shortest that the detector takes for somebody's. Fewer would hide
/// a part of many numbers.
pub const OWN_NUMBER_DIGITS_MIN: usize = 7;

impl Service {
    /// The house's own phone numbers, as they were given.
    #[must_use]
    pub fn own_numbers(&self) -> Vec<String> {
        self.settings().own_numbers.clone()
    }

    /// Adds own numbers. Answers how many were not there before; the same digits are the same number.
    ///
    /// # Errors
    /// One is no phone number, there would be too many, or the store refuses.
    pub fn add_own_numbers(&self, numbers: &[String]) -> Result<usize, ServiceError> {
        let mut all = self.own_numbers();
        let before = all.len();
        for number in numbers {
            let number = number.trim();
            check(number)?;
            if !all.iter().any(|known| digits(known) == digits(number)) {
                all.push(number.to_owned());
            }
        }
        if all.len() > OWN_NUMBERS_MAX {
            return Err(ServiceError::Refused(format!(
                "a house has at most {OWN_NUMBERS_MAX} own numbers"
            )));
        }
        let added = all.len() - before;
        self.replace_own_numbers(all, added)
    }

    /// Removes own numbers. Answers how many were there.
    ///
    /// # Errors
    /// The store refuses.
    pub fn remove_own_numbers(&self, numbers: &[String]) -> Result<usize, ServiceError> {
        let mut all = self.own_numbers();
        let before = all.len();
        all.retain(|known| !numbers.iter().any(|gone| digits(gone) == digits(known)));
        let removed = before - all.len();
        self.replace_own_numbers(all, removed)
    }

    /// Sets for how many days after check-out bookings guard their records. False: it was so before.
    ///
    /// # Errors
    /// It was changed too often, the actor may not, or the store refuses.
    pub fn set_guard_days(&self, by: &Actor, days: GuardDays) -> Result<bool, ServiceError> {
        by.check(Permission::ManageSettings)?;
        if self.guard_days() == days {
            return Ok(false);
        }
        // The writer first: nobody else adds a setting meanwhile.
        let mut transaction = self.store.begin_import(self.tenant)?;
        let rng = &*self.surroundings.rng;
        let row = self.settings().with_guard_days(rng, self.tenant_id, days)?;
        transaction.insert_setting(row)?;
        self.step("house/guard-days", || Ok(transaction.commit()?))?;
        self.settings().stored_guard_days(days);
        Ok(true)
    }

    fn replace_own_numbers(
        &self,
        numbers: Vec<String>,
        changes: usize,
    ) -> Result<usize, ServiceError> {
        if changes == 0 {
            return Ok(0);
        }
        // The writer first: nobody else adds a setting meanwhile.
        let mut transaction = self.store.begin_import(self.tenant)?;
        let rng = &*self.surroundings.rng;
        let row = self
            .settings()
            .with_own_numbers(rng, self.tenant_id, &numbers)?;
        transaction.insert_setting(row)?;
        self.step("house/numbers", || Ok(transaction.commit()?))?;
        self.settings().stored_own_numbers(numbers);
        self.detector.forget();
        Ok(changes)
    }
}

fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

/// Whether a house can have this number: it is written as one, and long enough.
#[must_use]
pub fn is_own_number(number: &str) -> bool {
    check(number).is_ok()
}

fn check(number: &str) -> Result<(), ServiceError> {
    let refused = |words: String| Err(ServiceError::Refused(words));
    let is_part = |c: char| c.is_ascii_digit() || " +-()#*.转".contains(c);
    let digits = digits(number);
    if number.len() > OWN_NUMBER_BYTES_MAX || !number.chars().all(is_part) || digits.is_empty() {
        return refused(format!(
            "an own number has at most {OWN_NUMBER_BYTES_MAX} bytes: digits, spaces, and +-()#*. only"
        ));
    }
    if digits.trim_start_matches('0').len() < OWN_NUMBER_DIGITS_MIN {
        return refused(format!(
            "a number of fewer than {OWN_NUMBER_DIGITS_MIN} digits, such as a hotline, is nobody's personal data anyway: it need not be added"
        ));
    }
    Ok(())
}
