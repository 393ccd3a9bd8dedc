//! What a conversation tells: a question, and its answer.

use wuhen_detect::{Detector, Evidence, Kind, KindSet, Settings, Style};

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

#[test]
fn a_word_at_the_end_of_a_line_speaks_of_the_next() {
    let detector = Detector::new(Settings::all());
    let text = "卡号：\n4111111111111111\nCVV：\n973\n\n973";
    let mut whole = Vec::new();
    detector.scan(text, &mut whole);
    let kinds: Vec<Kind> = whole.iter().map(|finding| finding.kind).collect();
    assert_eq!(kinds, [Kind::BankCard, Kind::CardSecurityCode]);
    let mut lines = detector.lines();
    let mut findings = Vec::new();
    let found: Vec<usize> = text
        .lines()
        .map(|line| {
            lines.scan(line, &mut findings);
            findings.len()
        })
        .collect();
    assert_eq!(found, [0, 1, 0, 1, 0, 0]);
    let mut lines = detector.lines();
    let redacted: Vec<_> = text
        .lines()
        .map(|line| lines.redact(line, Style::Mask))
        .collect();
    assert_eq!(redacted.join("\n"), detector.redact(text, Style::Mask));
}

#[test]
fn a_security_code_is_found_wherever_in_the_answer_it_stands() {
    let detector = Detector::new(Settings::all());
    let mut findings = Vec::new();
    let asked = KindSet::only(Kind::CardSecurityCode);
    for text in [
        "好的\n973",
        "4111111111111111\n12/26\n973",
        "卡号4111111111111111，973",
        "我看了一下我手上的这张卡片的背面，背面写着的数字应该就是这一个了：973",
    ] {
        detector.scan_in(text, asked, &mut findings);
        let codes = findings
            .iter()
            .filter(|finding| finding.kind == Kind::CardSecurityCode);
        assert!(
            codes
                .map(|finding| &text[finding.range()])
                .any(|code| code == "973"),
            "{text}"
        );
    }
}

#[test]
fn bold_numbers_are_found() {
    let detector = Detector::new(Settings::all());
    let mut findings = Vec::new();
    for text in [
        "护照 *E12345678*",
        "电话 *65120909*",
        "验证码 **482913**",
        "*京A12345*",
        "*A123456(3)*",
        "微信号：*lin_mei88*",
    ] {
        detector.scan(text, &mut findings);
        assert_eq!(findings.len(), 1, "{text}");
    }
}

#[test]
fn security_codes_are_found_as_people_write_them() {
    let detector = Detector::new(Settings::all());
    let mut findings = Vec::new();
    for (text, code) in [
        ("4111 1111 1111 1111, exp 12/29, code 123", "123"),
        ("4111 1111 1111 1111 exp 12/29 973", "973"),
        ("4111111111111111 12/2029 973", "973"),
        ("后三位973", "973"),
        ("末三位数是 973", "973"),
        ("卡片验证码 973", "973"),
        ("card code 973", "973"),
        ("the signature panel code is 973", "973"),
        ("CVV:*973*", "973"),
        ("the code on the back is 973", "973"),
        ("CVV is nine seven three", "nine seven three"),
        ("cvv9731", "9731"),
        ("安全码：９７３", "９７３"),
        ("背面三位是九七三", "九七三"),
        ("CVV **973**", "973"),
        ("安全码：*973*", "973"),
        ("security code of my card ending in 4412 is 973", "973"),
        ("CVV for card 4111111111111111 is 973", "973"),
        ("安全码（卡号4111111111111111）973", "973"),
        ("有效期/CVV：12/26 973", "973"),
        ("exp/cvv 12/26/973", "973"),
        ("4111111111111111|12|26|973", "973"),
        ("4111 1111 1111 1111 12-26 973", "973"),
        ("4111 1111 1111 1111 1226 973", "973"),
        ("4111 1111 1111 1111 12/26，973", "973"),
        ("4111 1111 1111 1111 １２/２６ ９７３", "９７３"),
        ("4111 1111 1111 1111 2026/12 973", "973"),
        ("c v v 973", "973"),
        ("C.V.V 973", "973"),
        ("ＣＶＶ：973", "973"),
        ("ＣＶＶ９７３", "９７３"),
        ("CVV 𝟗𝟕𝟑", "𝟗𝟕𝟑"),
        ("CVV 973元", "973"),
        ("cvv:973号", "973"),
        ("CVV=973abc", "973"),
    ] {
        detector.scan(text, &mut findings);
        let codes: Vec<&str> = (findings.iter())
            .filter(|finding| finding.kind == Kind::CardSecurityCode)
            .map(|finding| &text[finding.range()])
            .collect();
        assert_eq!(codes, [code], "{text}");
    }
    for text in [
        "手机后三位973",
        "订单号后三位 973",
        "房号后三位",
        "the last three digits of my phone are 973",
    ] {
        detector.scan(text, &mut findings);
        assert!(findings.is_empty(), "{text}");
    }
}
