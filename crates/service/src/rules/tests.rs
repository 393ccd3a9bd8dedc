//! What a privacy officer notices of a pack: its preview, its delay, taking it back, and the batch that asks.

use wuhen_model::rules::Category;

use super::*;
use crate::run::tests::house::{House, talk};
use crate::{Pack, TenantKind};

const BEGAN: &str = "2026-11-24T00:00:00Z";

fn house_with_old_talk() -> House {
    let house = House::new(Pack::None, TenantKind::HotelOwnSite, BEGAN);
    // 180 days after seven of silence are over in August; of the second they will be on 16 December.
    house.import(&talk(
        "c1",
        "2026-02-01T04:00:00Z",
        &["房间有窗吗", "有的"],
        None,
    ));
    house.import(&talk("c2", "2026-06-12T04:00:00Z", &["早餐几点"], None));
    house.import(&talk("c3", "2026-11-20T04:00:00Z", &["停车收费吗"], None));
    house
}

#[test]
fn a_preview_says_what_a_pack_would_make_due_now_and_soon() {
    let house = house_with_old_talk();
    let source = RulesSource::shipped("cn").unwrap();
    let preview = house
        .service
        .preview_rules(&house.officer(), &source)
        .unwrap();
    assert_eq!((preview.now.messages, preview.soon.messages), (2, 1));
    assert_eq!(
        preview.now.oldest.unwrap().to_string(),
        "2026-02-01T04:00:00Z"
    );
    assert!(preview.now.bytes > 0);
    let [other] = &preview.categories[..] else {
        panic!("one category: {preview:?}");
    };
    assert_eq!(other.category, Category::Other);
    assert_eq!(house.messages(), 4, "nothing happened");
}

#[test]
fn a_pack_waits_a_day_and_can_be_taken_back_meanwhile() {
    let house = house_with_old_talk();
    house.apply("cn", 24).unwrap();
    assert_eq!(house.service.pack_name().unwrap(), "none");
    let again = house.apply("eu", 24).unwrap_err();
    assert!(again.to_string().contains("another pack waits"), "{again}");
    house.service.withdraw_rules(&house.officer()).unwrap();
    house.run_at("2026-12-24T00:00:00Z");
    assert_eq!(
        (
            house.service.pack_name().unwrap().as_str(),
            house.messages()
        ),
        ("none", 4)
    );
    assert_eq!(
        house.service.packs().unwrap()[0].state,
        PackState::Withdrawn
    );
}

#[test]
fn a_pack_holds_after_its_delay_and_is_carried_out_in_the_night_after() {
    let house = house_with_old_talk();
    house.apply("cn", 24).unwrap();
    house.run_at("2026-11-24T23:59:59Z");
    assert_eq!(house.service.pack_name().unwrap(), "none");
    let started = house.run_at("2026-11-25T00:00:00Z");
    let started = started
        .iter()
        .find(|job| job.kind == "rules-start")
        .unwrap();
    assert!(
        started.said[1].en.contains("would erase 2 messages"),
        "{:?}",
        started.said
    );
    assert_eq!(
        (
            house.service.pack_name().unwrap().as_str(),
            house.messages()
        ),
        ("cn", 4)
    );
    // 03:00 in Shanghai.
    house.run_at("2026-11-25T19:00:00Z");
    assert_eq!(house.messages(), 2);
    house.service.check_ledger().unwrap();
}

#[test]
fn without_a_delay_somebody_has_to_say_so_where_there_are_records() {
    let house = house_with_old_talk();
    let refused = house.apply("cn", 0).unwrap_err();
    assert!(
        refused.to_string().contains("there are records"),
        "{refused}"
    );
    let empty = House::new(Pack::None, TenantKind::HotelOwnSite, BEGAN);
    empty.apply("cn+eu", 0).unwrap();
    assert_eq!(empty.service.pack_name().unwrap(), "cn+eu");
    let refused = empty.apply("cn", DELAY_HOURS_MAX + 1).unwrap_err();
    assert!(
        refused.to_string().contains("720 hours at most"),
        "{refused}"
    );
    empty.apply("cn", DELAY_HOURS_MAX).unwrap();
}

#[test]
fn more_than_a_batch_takes_is_refused_until_its_number_is_said() {
    let house = house_with_old_talk();
    let source = RulesSource::shipped("cn").unwrap();
    let apply = |records_max, confirmed| {
        let apply = ApplyRules {
            source: &source,
            after_hours: 24,
            at_once: false,
            records_max,
            confirmed,
            reason: "",
        };
        house.service.apply_rules(&house.officer(), &apply)
    };
    let refused = apply(1, None).err().unwrap();
    assert!(
        refused.to_string().contains("2 records at once"),
        "{refused}"
    );
    assert!(apply(1, Some(3)).is_err());
    apply(1, Some(2)).unwrap();
    house.service.withdraw_rules(&house.officer()).unwrap();
    apply(2, None).unwrap();
}

#[test]
fn a_house_begins_with_the_pack_that_it_was_made_with() {
    let house = House::new(Pack::CnEu, TenantKind::Platform, BEGAN);
    let [pack] = &house.service.packs().unwrap()[..] else {
        panic!("one pack");
    };
    assert_eq!(
        (pack.rules.name.as_str(), pack.state),
        ("cn+eu", PackState::InForce)
    );
    assert_eq!(
        house
            .service
            .schedules()
            .unwrap()
            .retention_next
            .unwrap()
            .to_string(),
        "2026-11-24T19:00:00Z"
    );
}

#[test]
fn a_rule_whose_day_of_review_has_come_is_told() {
    let house = House::new(Pack::Cn, TenantKind::HotelOwnSite, BEGAN);
    assert_eq!(house.service.packs().unwrap()[0].reviews, []);
    let reports = house.run_at("2027-11-01T00:00:00Z");
    let review = reports
        .iter()
        .find(|job| job.kind == "rule-review")
        .unwrap();
    assert!(
        review.said[0].en.contains("since 2027-11-01"),
        "{:?}",
        review.said
    );
    assert!(house.service.packs().unwrap()[0].reviews.len() > 5);
}

#[test]
fn only_the_privacy_officer_puts_a_pack_in_force() {
    let house = house_with_old_talk();
    let agent = crate::staff::Actor {
        role: StaffRole::TenantAdmin,
        ..house.officer()
    };
    assert!(house.service.withdraw_rules(&agent).is_err());
    assert!(matches!(
        house
            .service
            .confirm_batch(&agent, wuhen_model::job::JobKind::Retention, 1),
        Err(ServiceError::NotAllowed { .. })
    ));
}
