//! What a conversation tells: a question, and its answer.

use wuhen_detect::{Detector, Evidence, Kind, KindSet, Settings};

#[test]
fn an_answer_is_read_in_the_light_of_its_question() {
    let detector = Detector::new(Settings::all());
    for (question, answer, kind) in [
        (
            "麻烦提供一下卡背面三位安全码",
            "123",
            Kind::CardSecurityCode,
        ),
        (
            "What's the CVV on the back?",
            "it's 482",
            Kind::CardSecurityCode,
        ),
        ("请问您的联系电话是多少？", "65120909", Kind::Landline),
        ("May I have your phone number?", "07911 123456", Kind::Phone),
        ("请发一下短信验证码", "482913", Kind::VerificationCode),
        ("您的订单号是多少", "HT20498731", Kind::BookingNumber),
        ("请问生日是哪天？", "1990年3月7日", Kind::DateOfBirth),
        ("加一下您的微信号可以吗", "linmei88", Kind::WechatId),
        ("your passport number, please?", "X1234567", Kind::Passport),
    ] {
        let mut findings = Vec::new();
        let asked = detector.scan_in(question, KindSet::NONE, &mut findings);
        assert!(asked.contains(kind), "{question}: {asked:?}");
        detector.scan_in(answer, asked, &mut findings);
        assert!(
            findings.iter().any(|finding| finding.kind == kind),
            "{question} {answer}: {findings:?}"
        );
    }
}

#[test]
fn without_a_question_a_few_digits_are_nothing() {
    let detector = Detector::new(Settings::all());
    let mut findings = Vec::new();
    let asked = detector.scan_in("好的，请稍等", KindSet::NONE, &mut findings);
    assert!(asked.is_empty());
    detector.scan_in("123", asked, &mut findings);
    assert!(findings.is_empty());
    detector.scan_in(
        "482913",
        KindSet::only(Kind::VerificationCode),
        &mut findings,
    );
    assert!(findings[0].evidence.contains(Evidence::Asked));
}
