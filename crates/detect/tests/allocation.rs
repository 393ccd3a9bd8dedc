//! A clean line takes no memory: chat is mostly clean, and a scan that allocates for each of its lines is a scan that waits.

use wuhen_detect::{Detector, Kind, KindSet, Settings};

/// Lines of everyday chat in which nothing is personal.
const CLEAN: [&str; 8] = [
    "好的，谢谢，我们大概下午三点到",
    "请问房间里有吹风机吗？早餐几点开始",
    "Hello, is the pool open in the morning and do you have a gym",
    "thank you so much, see you then",
    "标准间398元一晚，含双早，12月24日还有房",
    "We arrive at 15:30 and would like 2 rooms for 3 nights",
    "地铁2号线到人民广场站，3号口出来走5分钟",
    "",
];

fn allocations(kinds: KindSet) -> u64 {
    let detector = Detector::new(Settings {
        kinds,
        own_numbers: Vec::new(),
    });
    let mut findings = Vec::with_capacity(16);
    let measured = allocation_counter::measure(|| {
        for line in CLEAN {
            detector.scan(line, &mut findings);
            assert!(findings.is_empty(), "{line}");
        }
    });
    measured.count_total
}

#[test]
fn a_clean_line_takes_no_memory() {
    let by_evidence = KindSet::of(&[Kind::PersonName, Kind::Address]);
    let without: KindSet = KindSet::ALL
        .iter()
        .filter(|kind| !by_evidence.contains(*kind))
        .collect();
    assert_eq!(allocations(without), 0);
    assert_eq!(allocations(KindSet::ALL), 0, "names and addresses");
}

#[test]
fn the_counter_counts() {
    let measured = allocation_counter::measure(|| drop(std::hint::black_box(vec![1_u8])));
    assert_eq!(measured.count_total, 1);
}
