//! From a list that fails to a short one that fails: operations are left out in ever smaller pieces, then lines of imports
//! (delta debugging; Zeller and Hildebrandt 2002).

use crate::operation::Operation;

/// The shortest list found for which `fails` still holds.
pub(crate) fn shrink(
    operations: &[Operation],
    fails: &dyn Fn(&[Operation]) -> bool,
) -> Vec<Operation> {
    let mut best = shrink_by(operations.to_vec(), &|candidate| fails(candidate));
    for place in 0..best.len() {
        let Operation::Import {
            source,
            lines,
            allow_erased,
        } = best[place].clone()
        else {
            continue;
        };
        let with = |lines: &[_]| {
            let mut candidate = best.clone();
            candidate[place] = Operation::Import {
                source: source.clone(),
                lines: lines.to_vec(),
                allow_erased,
            };
            candidate
        };
        let fewer = shrink_by(lines, &|lines| fails(&with(lines)));
        best = with(&fewer);
    }
    best
}

fn shrink_by<T: Clone>(mut best: Vec<T>, fails: &dyn Fn(&[T]) -> bool) -> Vec<T> {
    let mut piece = best.len().div_ceil(2);
    while piece > 0 {
        let mut start = 0;
        let mut smaller = false;
        while start < best.len() {
            let end = (start + piece).min(best.len());
            let candidate = [&best[..start], &best[end..]].concat();
            if fails(&candidate) {
                best = candidate;
                smaller = true;
            } else {
                start = end;
            }
        }
        if !smaller || piece > 1 {
            piece /= 2;
        }
    }
    best
}

#[test]
fn only_what_is_needed_to_fail_is_left() {
    let list: Vec<Operation> = (0..40).map(Operation::Wait).collect();
    let fails = |list: &[Operation]| {
        list.contains(&Operation::Wait(7)) && list.contains(&Operation::Wait(31))
    };
    assert_eq!(
        shrink(&list, &fails),
        [Operation::Wait(7), Operation::Wait(31)]
    );
}
