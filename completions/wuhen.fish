# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_wuhen_global_optspecs
    string join \n store= keys= json lang= as= password-file= code= h/help V/version
end

function __fish_wuhen_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_wuhen_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_wuhen_using_subcommand
    set -l cmd (__fish_wuhen_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c wuhen -n "__fish_wuhen_needs_command" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_needs_command" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_needs_command" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_needs_command" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_needs_command" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_needs_command" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_needs_command" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_needs_command" -s V -l version -d 'Print version'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "init" -d 'Make a store and its keys'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "import" -d 'Import chat records'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "stats" -d 'What is stored, in numbers'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "guests" -d 'List guests'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "conversations" -d 'List conversations'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "show" -d 'Show one conversation with its messages'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "search" -d 'Find messages by words'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "scan" -d 'Find personal data in a text, or in the store'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "house" -d 'What the house says about itself'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "staff" -d 'The people of the house: who may act, and as what'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "bookings" -d 'Bookings: what they guard, and until when'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "rules" -d 'Rule packs: how long what must and may be kept, and why'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "run" -d 'Do what is due: retention, clean-up, reviews, reminders, repositories'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "attachment" -d 'Write out one attachment'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "erase" -d 'Erase records for good'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "request" -d 'Requests for an erasure: what was decided, what they wait for, who agrees'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "redact" -d 'Cut personal data out of a text, or out of stored records for good'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "hold" -d 'Legal holds: what nobody may erase until two people release it'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "label" -d 'Put a confidentiality label on a conversation'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "mark" -d 'Say what an attachment shows, or that it does not'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "verify" -d 'Check an erasure certificate, offline'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "ledger" -d 'The public record of what happened'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "snapshot" -d 'Copies for the day the disk is lost, kept current so that nothing erased comes back'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "certificate" -d 'Certificates of earlier erasures'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "probe" -d 'Search the raw bytes of every file for words that must not be there'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "doctor" -d 'What could be better on this machine'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "completions" -d 'Print completions for a shell'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "reference" -d 'Print the reference of the command line in Markdown'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wuhen -n "__fish_wuhen_using_subcommand init" -l tenant -d 'Name of the hotel, group or agency' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand init" -l pack -d 'Rule pack; it holds at once, for there is nothing yet that it could make due' -r -f -a "cn\t'Mainland China'
eu\t'The European Union'
cn+eu\t'Both, the strictest each time'
none\t'No rules: each erasure is decided by whoever asks for it'"
complete -c wuhen -n "__fish_wuhen_using_subcommand init" -l timezone -d 'Time zone of its days' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand init" -l kind -d 'What kind of house it is' -r -f -a "platform\t'A platform on which others sell'
hotel-own-site\t'A hotel\'s own site'"
complete -c wuhen -n "__fish_wuhen_using_subcommand init" -l officer -d 'What its first privacy officer is called' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand init" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand init" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand init" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand init" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand init" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand init" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand init" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand import" -l source -d 'Name of the source that the ids belong to [default: the file\'s name without its endings]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand import" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand import" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand import" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand import" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand import" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand import" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand import" -l allow-erased -d 'Let in again what was erased before'
complete -c wuhen -n "__fish_wuhen_using_subcommand import" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand stats" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand stats" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand stats" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand stats" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand stats" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand stats" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand stats" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand stats" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand guests" -l find -d 'Only guests whose record contains this text' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand guests" -l role -d 'With whose eyes to read, which decides what is masked: a role that sees no more than one\'s own [default: that of --as; else agent]' -r -f -a "agent\t'Talks with guests'
supervisor\t'Stands over agents'
privacy-officer\t'Answers for the house\'s personal data'
auditor\t'Reads what was done, not whom it was about'"
complete -c wuhen -n "__fish_wuhen_using_subcommand guests" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand guests" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand guests" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand guests" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand guests" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand guests" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand guests" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand guests" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand conversations" -l guest -d 'Only those of this guest' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand conversations" -l role -d 'With whose eyes to read, which decides what is masked: a role that sees no more than one\'s own [default: that of --as; else agent]' -r -f -a "agent\t'Talks with guests'
supervisor\t'Stands over agents'
privacy-officer\t'Answers for the house\'s personal data'
auditor\t'Reads what was done, not whom it was about'"
complete -c wuhen -n "__fish_wuhen_using_subcommand conversations" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand conversations" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand conversations" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand conversations" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand conversations" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand conversations" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand conversations" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand conversations" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand show" -l role -d 'With whose eyes to read, which decides what is masked: a role that sees no more than one\'s own [default: that of --as; else agent]' -r -f -a "agent\t'Talks with guests'
supervisor\t'Stands over agents'
privacy-officer\t'Answers for the house\'s personal data'
auditor\t'Reads what was done, not whom it was about'"
complete -c wuhen -n "__fish_wuhen_using_subcommand show" -l reason -d 'Why the masks are lifted; it is sealed' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand show" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand show" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand show" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand show" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand show" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand show" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand show" -l reveal -d 'Lift the masks, on record; for a supervisor or the privacy officer'
complete -c wuhen -n "__fish_wuhen_using_subcommand show" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand search" -l guest -d 'Only in this guest\'s conversations' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand search" -l from -d 'Only messages sent then or later: a day (2024-05-01) from its start, or a time (RFC 3339)' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand search" -l to -d 'Only messages sent until then: a day to its end, or before a time' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand search" -l role -d 'With whose eyes to read, which decides what is masked: a role that sees no more than one\'s own [default: that of --as; else agent]' -r -f -a "agent\t'Talks with guests'
supervisor\t'Stands over agents'
privacy-officer\t'Answers for the house\'s personal data'
auditor\t'Reads what was done, not whom it was about'"
complete -c wuhen -n "__fish_wuhen_using_subcommand search" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand search" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand search" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand search" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand search" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand search" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand search" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand scan" -l format -d 'What a line is: text, or a JSON object with `id` and `text` [default: text]' -r -f -a "text\t'Text'
jsonl\t'A JSON object with `id` and `text`'"
complete -c wuhen -n "__fish_wuhen_using_subcommand scan" -l kinds -d 'Only these kinds, such as `MOBILE,BANK_CARD` [default: all]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand scan" -l own-number -d 'A phone number of the house, which is nobody\'s personal data; once for each. The store knows its own (`house numbers`)' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand scan" -l list -d 'Conversations that are listed, at most 10000' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand scan" -l color -d 'When spans of a text are shown in colour: auto does so on a terminal, unless `NO_COLOR` is set or `TERM` is dumb' -r -f -a "auto\t'On a terminal'
always\t'Also into a file or a pipe'
never\t'Spans stand in brackets'"
complete -c wuhen -n "__fish_wuhen_using_subcommand scan" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand scan" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand scan" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand scan" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand scan" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand scan" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand scan" -l keep-going -d 'Pass over lines of the text that cannot be read, say which, and end with 3 [default: stop at the first]'
complete -c wuhen -n "__fish_wuhen_using_subcommand scan" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand scan" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and not __fish_seen_subcommand_from numbers guard-days retention clean-up help" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and not __fish_seen_subcommand_from numbers guard-days retention clean-up help" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and not __fish_seen_subcommand_from numbers guard-days retention clean-up help" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and not __fish_seen_subcommand_from numbers guard-days retention clean-up help" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and not __fish_seen_subcommand_from numbers guard-days retention clean-up help" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and not __fish_seen_subcommand_from numbers guard-days retention clean-up help" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and not __fish_seen_subcommand_from numbers guard-days retention clean-up help" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and not __fish_seen_subcommand_from numbers guard-days retention clean-up help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and not __fish_seen_subcommand_from numbers guard-days retention clean-up help" -f -a "numbers" -d 'The house\'s own phone numbers, which are nobody\'s personal data'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and not __fish_seen_subcommand_from numbers guard-days retention clean-up help" -f -a "guard-days" -d 'For how many days after check-out bookings guard their records'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and not __fish_seen_subcommand_from numbers guard-days retention clean-up help" -f -a "retention" -d 'When what reached its ceiling is erased; without SCHEDULE, show it'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and not __fish_seen_subcommand_from numbers guard-days retention clean-up help" -f -a "clean-up" -d 'Erase what is old on days of the calendar; without SCHEDULE, show it'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and not __fish_seen_subcommand_from numbers guard-days retention clean-up help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from numbers" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from numbers" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from numbers" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from numbers" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from numbers" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from numbers" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from numbers" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from numbers" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from numbers" -f -a "add" -d 'Add own numbers'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from numbers" -f -a "remove" -d 'Remove own numbers'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from numbers" -f -a "list" -d 'List own numbers'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from numbers" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from guard-days" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from guard-days" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from guard-days" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from guard-days" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from guard-days" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from guard-days" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from guard-days" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from guard-days" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from retention" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from retention" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from retention" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from retention" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from retention" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from retention" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from retention" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from retention" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from clean-up" -l older-than -d 'Erase what was sent so long ago, such as 180d or 1y' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from clean-up" -l limit -d 'Records that one clean-up takes without asking [default: 1000]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from clean-up" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from clean-up" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from clean-up" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from clean-up" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from clean-up" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from clean-up" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from clean-up" -l off -d 'No clean-up any more'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from clean-up" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from clean-up" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from help" -f -a "numbers" -d 'The house\'s own phone numbers, which are nobody\'s personal data'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from help" -f -a "guard-days" -d 'For how many days after check-out bookings guard their records'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from help" -f -a "retention" -d 'When what reached its ceiling is erased; without SCHEDULE, show it'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from help" -f -a "clean-up" -d 'Erase what is old on days of the calendar; without SCHEDULE, show it'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and not __fish_seen_subcommand_from add list disable role password help" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and not __fish_seen_subcommand_from add list disable role password help" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and not __fish_seen_subcommand_from add list disable role password help" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and not __fish_seen_subcommand_from add list disable role password help" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and not __fish_seen_subcommand_from add list disable role password help" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and not __fish_seen_subcommand_from add list disable role password help" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and not __fish_seen_subcommand_from add list disable role password help" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and not __fish_seen_subcommand_from add list disable role password help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and not __fish_seen_subcommand_from add list disable role password help" -f -a "add" -d 'Add a member'
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and not __fish_seen_subcommand_from add list disable role password help" -f -a "list" -d 'List the staff'
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and not __fish_seen_subcommand_from add list disable role password help" -f -a "disable" -d 'End a member\'s rights: they left'
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and not __fish_seen_subcommand_from add list disable role password help" -f -a "role" -d 'Give a member another role'
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and not __fish_seen_subcommand_from add list disable role password help" -f -a "password" -d 'Set or change a password'
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and not __fish_seen_subcommand_from add list disable role password help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from add" -l role -d 'What they may do: see docs/roles.md' -r -f -a "agent\t'Talks with guests'
supervisor\t'Stands over agents'
privacy-officer\t'Answers for the house\'s personal data'
auditor\t'Reads what was done, and changes nothing'
tenant-admin\t'Runs the house\'s account: staff and settings, no records'"
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from add" -l new-password-file -d 'File with their password, of 12 characters or more' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from add" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from add" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from add" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from add" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from add" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from add" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from add" -l second-factor -d 'Give them a second factor; its secret is shown once, for an authenticator app'
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from add" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from list" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from list" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from list" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from list" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from list" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from list" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from list" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from disable" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from disable" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from disable" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from disable" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from disable" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from disable" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from disable" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from disable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from role" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from role" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from role" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from role" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from role" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from role" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from role" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from role" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from password" -l new-password-file -d 'File with the new password, of 12 characters or more; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from password" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from password" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from password" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from password" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from password" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from password" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from password" -l renew-second-factor -d 'Make a new second factor; its secret is shown once, and the old one ends'
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from password" -l end-second-factor -d 'End the second factor'
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from password" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from password" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from help" -f -a "add" -d 'Add a member'
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the staff'
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from help" -f -a "disable" -d 'End a member\'s rights: they left'
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from help" -f -a "role" -d 'Give a member another role'
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from help" -f -a "password" -d 'Set or change a password'
complete -c wuhen -n "__fish_wuhen_using_subcommand staff; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and not __fish_seen_subcommand_from import list set help" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and not __fish_seen_subcommand_from import list set help" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and not __fish_seen_subcommand_from import list set help" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and not __fish_seen_subcommand_from import list set help" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and not __fish_seen_subcommand_from import list set help" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and not __fish_seen_subcommand_from import list set help" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and not __fish_seen_subcommand_from import list set help" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and not __fish_seen_subcommand_from import list set help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and not __fish_seen_subcommand_from import list set help" -f -a "import" -d 'Import a table of bookings (CSV)'
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and not __fish_seen_subcommand_from import list set help" -f -a "list" -d 'List a guest\'s bookings, and what they guard now'
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and not __fish_seen_subcommand_from import list set help" -f -a "set" -d 'Say something of one booking'
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and not __fish_seen_subcommand_from import list set help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from import" -l source -d 'Name of the source that the guests\' ids belong to [default: any]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from import" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from import" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from import" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from import" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from import" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from import" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from import" -l keep-going -d 'Go on past rows that cannot be taken in; the program ends with 3 then'
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from import" -l dry-run -d 'Only say what would be done'
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from import" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from list" -l guest -d 'The guest' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from list" -l role -d 'With whose eyes to read, which decides what is masked: a role that sees no more than one\'s own [default: that of --as; else agent]' -r -f -a "agent\t'Talks with guests'
supervisor\t'Stands over agents'
privacy-officer\t'Answers for the house\'s personal data'
auditor\t'Reads what was done, not whom it was about'"
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from list" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from list" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from list" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from list" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from list" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from list" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from list" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from set" -l guest -d 'The guest whose booking it is' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from set" -l check-in -d 'Day of arrival' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from set" -l check-out -d 'Day of departure' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from set" -l status -d 'What became of it' -r -f -a "booked\t'Somebody will come'
stayed\t'Somebody came'
cancelled\t'It was called off'
refunding\t'It was called off, and money is to be given back'
no-show\t'Nobody came'"
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from set" -l cancel-until -d 'Until when it can be called off: a day to its end, or a time' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from set" -l refund -d 'Whether money is still to be given back' -r -f -a "open\t'It is open'
closed\t'It is closed'"
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from set" -l deposit -d 'Whether the deposit was given back' -r -f -a "held\t'The house has it'
returned\t'The guest has it back'"
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from set" -l dispute -d 'Whether a dispute is open' -r -f -a "open\t'It is open'
closed\t'It is closed'"
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from set" -l complaint -d 'Whether a complaint is open' -r -f -a "open\t'It is open'
closed\t'It is closed'"
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from set" -l at -d 'When refund or complaint was closed: a day to its end, or a time [default: now]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from set" -l closed-at -d 'When the booking was closed: nothing is left to do for it' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from set" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from set" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from set" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from set" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from set" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from set" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from set" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from help" -f -a "import" -d 'Import a table of bookings (CSV)'
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from help" -f -a "list" -d 'List a guest\'s bookings, and what they guard now'
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from help" -f -a "set" -d 'Say something of one booking'
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and not __fish_seen_subcommand_from check show apply withdraw confirm diff schema count help" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and not __fish_seen_subcommand_from check show apply withdraw confirm diff schema count help" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and not __fish_seen_subcommand_from check show apply withdraw confirm diff schema count help" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and not __fish_seen_subcommand_from check show apply withdraw confirm diff schema count help" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and not __fish_seen_subcommand_from check show apply withdraw confirm diff schema count help" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and not __fish_seen_subcommand_from check show apply withdraw confirm diff schema count help" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and not __fish_seen_subcommand_from check show apply withdraw confirm diff schema count help" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and not __fish_seen_subcommand_from check show apply withdraw confirm diff schema count help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and not __fish_seen_subcommand_from check show apply withdraw confirm diff schema count help" -f -a "check" -d 'Read a rule pack and say all that is wrong with it, each with its line'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and not __fish_seen_subcommand_from check show apply withdraw confirm diff schema count help" -f -a "show" -d 'Show the rules of a pack; without one, the pack that holds here, the one that waits, and those before'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and not __fish_seen_subcommand_from check show apply withdraw confirm diff schema count help" -f -a "apply" -d 'Put a pack in force, after a delay in which it can be taken back'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and not __fish_seen_subcommand_from check show apply withdraw confirm diff schema count help" -f -a "withdraw" -d 'Take back the pack that waits'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and not __fish_seen_subcommand_from check show apply withdraw confirm diff schema count help" -f -a "confirm" -d 'Let a batch go on that stopped because it would have taken too much'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and not __fish_seen_subcommand_from check show apply withdraw confirm diff schema count help" -f -a "diff" -d 'Compare two packs, rule by rule'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and not __fish_seen_subcommand_from check show apply withdraw confirm diff schema count help" -f -a "schema" -d 'Print the JSON schema of rule packs, for editors'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and not __fish_seen_subcommand_from check show apply withdraw confirm diff schema count help" -f -a "count" -d 'Count a period as the law counts it'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and not __fish_seen_subcommand_from check show apply withdraw confirm diff schema count help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from check" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from check" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from check" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from check" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from check" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from check" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from check" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from show" -l kind -d 'Only rules for this kind of house: `platform` or `hotel-own-site`' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from show" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from show" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from show" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from show" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from show" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from show" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from show" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from apply" -l after -d 'How long it waits, such as 48h or 7d; 0h is at once, for a store without records, or with --yes' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from apply" -l limit -d 'Records that one batch takes without asking [default: 1000]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from apply" -l reason -d 'Why; it is sealed' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from apply" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from apply" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from apply" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from apply" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from apply" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from apply" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from apply" -l dry-run -d 'Only say what it would make due'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from apply" -l yes -d 'Do not ask'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from apply" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from apply" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from withdraw" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from withdraw" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from withdraw" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from withdraw" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from withdraw" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from withdraw" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from withdraw" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from withdraw" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from confirm" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from confirm" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from confirm" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from confirm" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from confirm" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from confirm" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from confirm" -l yes -d 'Do not ask'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from confirm" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from confirm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from diff" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from diff" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from diff" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from diff" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from diff" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from diff" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from diff" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from schema" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from schema" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from schema" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from schema" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from schema" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from schema" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from schema" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from schema" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from count" -l from -d 'The day of the event that begins it' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from count" -l counting -d 'By which law: `civil-code`, `regulation-1182-71` or `plain`' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from count" -l member-state -d 'Whose public holidays count under `regulation-1182-71`: two letters, such as `DE`' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from count" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from count" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from count" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from count" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from count" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from count" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from count" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from count" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "check" -d 'Read a rule pack and say all that is wrong with it, each with its line'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show the rules of a pack; without one, the pack that holds here, the one that waits, and those before'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "apply" -d 'Put a pack in force, after a delay in which it can be taken back'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "withdraw" -d 'Take back the pack that waits'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "confirm" -d 'Let a batch go on that stopped because it would have taken too much'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "diff" -d 'Compare two packs, rule by rule'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "schema" -d 'Print the JSON schema of rule packs, for editors'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "count" -d 'Count a period as the law counts it'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wuhen -n "__fish_wuhen_using_subcommand run" -l at -d 'Do it as if it were then, for trials: the start of a day (2024-05-01), or a time (RFC 3339); not before the ledger\'s last entry' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand run" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand run" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand run" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand run" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand run" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand run" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand run" -l once -d 'Do what is due now and end'
complete -c wuhen -n "__fish_wuhen_using_subcommand run" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand run" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand attachment" -l output -d 'Write to this new file instead of standard output' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand attachment" -l role -d 'With whose eyes to read, which decides what is masked: a role that sees no more than one\'s own [default: that of --as; else agent]' -r -f -a "agent\t'Talks with guests'
supervisor\t'Stands over agents'
privacy-officer\t'Answers for the house\'s personal data'
auditor\t'Reads what was done, not whom it was about'"
complete -c wuhen -n "__fish_wuhen_using_subcommand attachment" -l reason -d 'Why the masks are lifted; it is sealed' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand attachment" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand attachment" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand attachment" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand attachment" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand attachment" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand attachment" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand attachment" -l reveal -d 'Lift the masks, on record; for a supervisor or the privacy officer'
complete -c wuhen -n "__fish_wuhen_using_subcommand attachment" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand attachment" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l guest -d 'A guest, with everything' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l conversation -d 'Whole conversations' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l message -d 'Single messages, with their attachments; CONVERSATION/ID where several conversations have one of this id' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l label -d 'Every conversation that bears this confidentiality label' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l before -d 'Every message sent before this: the start of a day (2024-05-01), or a time (RFC 3339)' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l reason -d 'Why; it is sealed, and stands on the certificate' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l certificate -d 'Write the certificate to this new file' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l grace-days -d 'Days in which it can be taken back, 0 to 30; it is asked for then [default: 7 where rules are in force, else 0]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l dry-run -d 'Only say what would happen'
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l yes -d 'Erase without asking'
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l ask -d 'Ask for it, also where it could be done at once'
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and not __fish_seen_subcommand_from list show approve cancel refuse help" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and not __fish_seen_subcommand_from list show approve cancel refuse help" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and not __fish_seen_subcommand_from list show approve cancel refuse help" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and not __fish_seen_subcommand_from list show approve cancel refuse help" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and not __fish_seen_subcommand_from list show approve cancel refuse help" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and not __fish_seen_subcommand_from list show approve cancel refuse help" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and not __fish_seen_subcommand_from list show approve cancel refuse help" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and not __fish_seen_subcommand_from list show approve cancel refuse help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and not __fish_seen_subcommand_from list show approve cancel refuse help" -f -a "list" -d 'List requests'
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and not __fish_seen_subcommand_from list show approve cancel refuse help" -f -a "show" -d 'Show one request: what was decided, what it waits for, its checkpoints'
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and not __fish_seen_subcommand_from list show approve cancel refuse help" -f -a "approve" -d 'Agree to what somebody else asked for'
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and not __fish_seen_subcommand_from list show approve cancel refuse help" -f -a "cancel" -d 'Take a request back while its grace is not over'
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and not __fish_seen_subcommand_from list show approve cancel refuse help" -f -a "refuse" -d 'Refuse a request, with the article that says so'
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and not __fish_seen_subcommand_from list show approve cancel refuse help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from list" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from list" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from list" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from list" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from list" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from list" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from list" -l open -d 'Only those that somebody or something still has to move on'
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from list" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from show" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from show" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from show" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from show" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from show" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from show" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from show" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from approve" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from approve" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from approve" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from approve" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from approve" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from approve" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from approve" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from approve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from cancel" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from cancel" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from cancel" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from cancel" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from cancel" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from cancel" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from cancel" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from cancel" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from refuse" -l why -d 'Why: identity-not-proved, not-entitled, must-be-kept, held, nothing-found, excessive or not-approved' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from refuse" -l article -d 'By which article; it is told to who asked' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from refuse" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from refuse" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from refuse" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from refuse" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from refuse" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from refuse" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from refuse" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from refuse" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from help" -f -a "list" -d 'List requests'
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show one request: what was decided, what it waits for, its checkpoints'
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from help" -f -a "approve" -d 'Agree to what somebody else asked for'
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from help" -f -a "cancel" -d 'Take a request back while its grace is not over'
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from help" -f -a "refuse" -d 'Refuse a request, with the article that says so'
complete -c wuhen -n "__fish_wuhen_using_subcommand request; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wuhen -n "__fish_wuhen_using_subcommand redact" -l format -d 'What a line is: text, or a JSON object with `id` and `text` [default: text]' -r -f -a "text\t'Text'
jsonl\t'A JSON object with `id` and `text`'"
complete -c wuhen -n "__fish_wuhen_using_subcommand redact" -l kinds -d 'Only these kinds, such as `MOBILE,BANK_CARD` [default: all]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand redact" -l own-number -d 'A phone number of the house, which is nobody\'s personal data; once for each. The store knows its own (`house numbers`)' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand redact" -l guest -d 'A guest\'s profile and all of the guest\'s conversations' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand redact" -l conversation -d 'All of these conversations: their own records, messages, attachments' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand redact" -l message -d 'Single messages with their attachments; CONVERSATION/ID where several conversations have one of this id' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand redact" -l span -d 'Exactly these bytes of the one message\'s text as it is now (UTF-8), whatever they are' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand redact" -l style -d 'What stands in the place of what is cut out' -r -f -a "mask\t'What a person needs to recognise it, the rest as *'
label\t'The name of its kind in brackets'
remove\t'Nothing'"
complete -c wuhen -n "__fish_wuhen_using_subcommand redact" -l documents -d 'What becomes of PDF files in which it is found: nothing can be cut out of them [default: stay]' -r -f -a "stay\t'They stay whole; the preview and the certificate say so'
erase\t'They are erased as a whole; their messages stay'"
complete -c wuhen -n "__fish_wuhen_using_subcommand redact" -l reason -d 'Why records of the store are redacted; it is sealed, and stands on the certificate' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand redact" -l certificate -d 'Write the certificate to this new file' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand redact" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand redact" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand redact" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand redact" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand redact" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand redact" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand redact" -l keep-going -d 'Pass over lines of the text that cannot be read, say which, and end with 3 [default: stop at the first]'
complete -c wuhen -n "__fish_wuhen_using_subcommand redact" -l all -d 'Everything in the store'
complete -c wuhen -n "__fish_wuhen_using_subcommand redact" -l dry-run -d 'Only say what would happen'
complete -c wuhen -n "__fish_wuhen_using_subcommand redact" -l yes -d 'Redact without asking'
complete -c wuhen -n "__fish_wuhen_using_subcommand redact" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand redact" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and not __fish_seen_subcommand_from place list release approve help" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and not __fish_seen_subcommand_from place list release approve help" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and not __fish_seen_subcommand_from place list release approve help" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and not __fish_seen_subcommand_from place list release approve help" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and not __fish_seen_subcommand_from place list release approve help" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and not __fish_seen_subcommand_from place list release approve help" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and not __fish_seen_subcommand_from place list release approve help" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and not __fish_seen_subcommand_from place list release approve help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and not __fish_seen_subcommand_from place list release approve help" -f -a "place" -d 'Place a legal hold: nobody erases what it covers until two people release it'
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and not __fish_seen_subcommand_from place list release approve help" -f -a "list" -d 'List legal holds'
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and not __fish_seen_subcommand_from place list release approve help" -f -a "release" -d 'Ask for the release of a hold, or carry out what another member of staff has asked for'
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and not __fish_seen_subcommand_from place list release approve help" -f -a "approve" -d 'Agree to a release that another member of staff has asked for'
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and not __fish_seen_subcommand_from place list release approve help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from place" -l matter -d 'The dispute, procedure or request that it is for; it is sealed' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from place" -l issuer -d 'Who ordered it; it is sealed' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from place" -l guest -d 'A guest, with everything' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from place" -l conversation -d 'Whole conversations' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from place" -l label -d 'Every conversation that bears this confidentiality label now' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from place" -l query -d 'Every message that contains these words now, with its attachments' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from place" -l review -d 'When somebody looks whether it is still needed [default: in 90 days]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from place" -l reason -d 'Why; it is sealed' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from place" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from place" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from place" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from place" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from place" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from place" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from place" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from place" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from list" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from list" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from list" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from list" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from list" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from list" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from list" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from release" -l reason -d 'Why; it is sealed' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from release" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from release" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from release" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from release" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from release" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from release" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from release" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from release" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from approve" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from approve" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from approve" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from approve" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from approve" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from approve" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from approve" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from approve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from help" -f -a "place" -d 'Place a legal hold: nobody erases what it covers until two people release it'
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from help" -f -a "list" -d 'List legal holds'
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from help" -f -a "release" -d 'Ask for the release of a hold, or carry out what another member of staff has asked for'
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from help" -f -a "approve" -d 'Agree to a release that another member of staff has asked for'
complete -c wuhen -n "__fish_wuhen_using_subcommand hold; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wuhen -n "__fish_wuhen_using_subcommand label" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand label" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand label" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand label" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand label" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand label" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand label" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand label" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand mark" -l reason -d 'Why; it is sealed' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand mark" -l by -d 'Who says so' -r -f -a "guest\t'The guest'
agent\t'Somebody of the house'"
complete -c wuhen -n "__fish_wuhen_using_subcommand mark" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand mark" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand mark" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand mark" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand mark" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand mark" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand mark" -l remove -d 'Take the mark away'
complete -c wuhen -n "__fish_wuhen_using_subcommand mark" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand mark" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand verify" -l key -d 'File with the public key that the hotel publishes: its first line that is one' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand verify" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand verify" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand verify" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand verify" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand verify" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand verify" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand verify" -l pin -d 'Remember the key of --key when the certificate holds, so that --key is not needed again'
complete -c wuhen -n "__fish_wuhen_using_subcommand verify" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and not __fish_seen_subcommand_from check checkpoint export key reveals help" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and not __fish_seen_subcommand_from check checkpoint export key reveals help" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and not __fish_seen_subcommand_from check checkpoint export key reveals help" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and not __fish_seen_subcommand_from check checkpoint export key reveals help" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and not __fish_seen_subcommand_from check checkpoint export key reveals help" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and not __fish_seen_subcommand_from check checkpoint export key reveals help" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and not __fish_seen_subcommand_from check checkpoint export key reveals help" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and not __fish_seen_subcommand_from check checkpoint export key reveals help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and not __fish_seen_subcommand_from check checkpoint export key reveals help" -f -a "check" -d 'Derive the whole ledger anew and compare'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and not __fish_seen_subcommand_from check checkpoint export key reveals help" -f -a "checkpoint" -d 'Print the signed checkpoint'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and not __fish_seen_subcommand_from check checkpoint export key reveals help" -f -a "export" -d 'Write the ledger as a folder that outside monitors read (C2SP tlog-tiles)'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and not __fish_seen_subcommand_from check checkpoint export key reveals help" -f -a "key" -d 'Print the public key that certificates are checked with'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and not __fish_seen_subcommand_from check checkpoint export key reveals help" -f -a "reveals" -d 'Who lifted masks, of what, why and how often'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and not __fish_seen_subcommand_from check checkpoint export key reveals help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from check" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from check" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from check" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from check" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from check" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from check" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from check" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from checkpoint" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from checkpoint" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from checkpoint" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from checkpoint" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from checkpoint" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from checkpoint" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from checkpoint" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from checkpoint" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from export" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from export" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from export" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from export" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from export" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from export" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from export" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from key" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from key" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from key" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from key" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from key" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from key" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from key" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from key" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from reveals" -l conversation -d 'Only of this conversation' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from reveals" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from reveals" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from reveals" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from reveals" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from reveals" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from reveals" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from reveals" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from reveals" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from help" -f -a "check" -d 'Derive the whole ledger anew and compare'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from help" -f -a "checkpoint" -d 'Print the signed checkpoint'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from help" -f -a "export" -d 'Write the ledger as a folder that outside monitors read (C2SP tlog-tiles)'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from help" -f -a "key" -d 'Print the public key that certificates are checked with'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from help" -f -a "reveals" -d 'Who lifted masks, of what, why and how often'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and not __fish_seen_subcommand_from init create list restore unregister help" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and not __fish_seen_subcommand_from init create list restore unregister help" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and not __fish_seen_subcommand_from init create list restore unregister help" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and not __fish_seen_subcommand_from init create list restore unregister help" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and not __fish_seen_subcommand_from init create list restore unregister help" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and not __fish_seen_subcommand_from init create list restore unregister help" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and not __fish_seen_subcommand_from init create list restore unregister help" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and not __fish_seen_subcommand_from init create list restore unregister help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and not __fish_seen_subcommand_from init create list restore unregister help" -f -a "init" -d 'Register a new or empty folder for snapshots'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and not __fish_seen_subcommand_from init create list restore unregister help" -f -a "create" -d 'Copy what is new'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and not __fish_seen_subcommand_from init create list restore unregister help" -f -a "list" -d 'List snapshots, of one folder or of all that are registered'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and not __fish_seen_subcommand_from init create list restore unregister help" -f -a "restore" -d 'Fill a new store (--store) from a folder of snapshots'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and not __fish_seen_subcommand_from init create list restore unregister help" -f -a "unregister" -d 'Stop keeping a folder current, on record'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and not __fish_seen_subcommand_from init create list restore unregister help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from init" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from init" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from init" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from init" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from init" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from init" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from init" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from create" -l repository -d 'Which one, where several folders are registered' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from create" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from create" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from create" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from create" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from create" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from create" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from create" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from list" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from list" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from list" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from list" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from list" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from list" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from list" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from restore" -l snapshot -d 'Which snapshot [default: the last]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from restore" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from restore" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from restore" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from restore" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from restore" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from restore" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from restore" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from restore" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from unregister" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from unregister" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from unregister" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from unregister" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from unregister" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from unregister" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from unregister" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from unregister" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from help" -f -a "init" -d 'Register a new or empty folder for snapshots'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from help" -f -a "create" -d 'Copy what is new'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from help" -f -a "list" -d 'List snapshots, of one folder or of all that are registered'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from help" -f -a "restore" -d 'Fill a new store (--store) from a folder of snapshots'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from help" -f -a "unregister" -d 'Stop keeping a folder current, on record'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and not __fish_seen_subcommand_from list get help" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and not __fish_seen_subcommand_from list get help" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and not __fish_seen_subcommand_from list get help" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and not __fish_seen_subcommand_from list get help" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and not __fish_seen_subcommand_from list get help" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and not __fish_seen_subcommand_from list get help" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and not __fish_seen_subcommand_from list get help" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and not __fish_seen_subcommand_from list get help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and not __fish_seen_subcommand_from list get help" -f -a "list" -d 'List erasures'
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and not __fish_seen_subcommand_from list get help" -f -a "get" -d 'Print or write one certificate'
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and not __fish_seen_subcommand_from list get help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and __fish_seen_subcommand_from list" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and __fish_seen_subcommand_from list" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and __fish_seen_subcommand_from list" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and __fish_seen_subcommand_from list" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and __fish_seen_subcommand_from list" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and __fish_seen_subcommand_from list" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and __fish_seen_subcommand_from list" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and __fish_seen_subcommand_from get" -l output -d 'Write to this new file instead of standard output' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and __fish_seen_subcommand_from get" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and __fish_seen_subcommand_from get" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and __fish_seen_subcommand_from get" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and __fish_seen_subcommand_from get" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and __fish_seen_subcommand_from get" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and __fish_seen_subcommand_from get" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and __fish_seen_subcommand_from get" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and __fish_seen_subcommand_from help" -f -a "list" -d 'List erasures'
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and __fish_seen_subcommand_from help" -f -a "get" -d 'Print or write one certificate'
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wuhen -n "__fish_wuhen_using_subcommand probe" -l needles -d 'File with one text a line, of six bytes or more' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand probe" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand probe" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand probe" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand probe" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand probe" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand probe" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand probe" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand probe" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand doctor" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand doctor" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand doctor" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand doctor" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand doctor" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand doctor" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand doctor" -l repair -d 'Copy roots to replicas that lack them, and register folders that --keys adds'
complete -c wuhen -n "__fish_wuhen_using_subcommand doctor" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand completions" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand completions" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand completions" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand completions" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand completions" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand completions" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand completions" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand reference" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand reference" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand reference" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand reference" -l as -d 'Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand reference" -l password-file -d 'File with the password of who acts; at a terminal it is asked for' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand reference" -l code -d 'Code of the second factor of who acts' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand reference" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand reference" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house staff bookings rules run attachment erase request redact hold label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "init" -d 'Make a store and its keys'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house staff bookings rules run attachment erase request redact hold label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "import" -d 'Import chat records'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house staff bookings rules run attachment erase request redact hold label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "stats" -d 'What is stored, in numbers'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house staff bookings rules run attachment erase request redact hold label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "guests" -d 'List guests'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house staff bookings rules run attachment erase request redact hold label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "conversations" -d 'List conversations'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house staff bookings rules run attachment erase request redact hold label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "show" -d 'Show one conversation with its messages'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house staff bookings rules run attachment erase request redact hold label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "search" -d 'Find messages by words'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house staff bookings rules run attachment erase request redact hold label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "scan" -d 'Find personal data in a text, or in the store'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house staff bookings rules run attachment erase request redact hold label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "house" -d 'What the house says about itself'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house staff bookings rules run attachment erase request redact hold label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "staff" -d 'The people of the house: who may act, and as what'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house staff bookings rules run attachment erase request redact hold label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "bookings" -d 'Bookings: what they guard, and until when'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house staff bookings rules run attachment erase request redact hold label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "rules" -d 'Rule packs: how long what must and may be kept, and why'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house staff bookings rules run attachment erase request redact hold label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "run" -d 'Do what is due: retention, clean-up, reviews, reminders, repositories'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house staff bookings rules run attachment erase request redact hold label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "attachment" -d 'Write out one attachment'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house staff bookings rules run attachment erase request redact hold label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "erase" -d 'Erase records for good'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house staff bookings rules run attachment erase request redact hold label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "request" -d 'Requests for an erasure: what was decided, what they wait for, who agrees'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house staff bookings rules run attachment erase request redact hold label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "redact" -d 'Cut personal data out of a text, or out of stored records for good'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house staff bookings rules run attachment erase request redact hold label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "hold" -d 'Legal holds: what nobody may erase until two people release it'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house staff bookings rules run attachment erase request redact hold label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "label" -d 'Put a confidentiality label on a conversation'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house staff bookings rules run attachment erase request redact hold label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "mark" -d 'Say what an attachment shows, or that it does not'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house staff bookings rules run attachment erase request redact hold label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "verify" -d 'Check an erasure certificate, offline'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house staff bookings rules run attachment erase request redact hold label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "ledger" -d 'The public record of what happened'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house staff bookings rules run attachment erase request redact hold label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "snapshot" -d 'Copies for the day the disk is lost, kept current so that nothing erased comes back'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house staff bookings rules run attachment erase request redact hold label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "certificate" -d 'Certificates of earlier erasures'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house staff bookings rules run attachment erase request redact hold label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "probe" -d 'Search the raw bytes of every file for words that must not be there'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house staff bookings rules run attachment erase request redact hold label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "doctor" -d 'What could be better on this machine'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house staff bookings rules run attachment erase request redact hold label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "completions" -d 'Print completions for a shell'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house staff bookings rules run attachment erase request redact hold label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "reference" -d 'Print the reference of the command line in Markdown'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house staff bookings rules run attachment erase request redact hold label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from house" -f -a "numbers" -d 'The house\'s own phone numbers, which are nobody\'s personal data'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from house" -f -a "guard-days" -d 'For how many days after check-out bookings guard their records'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from house" -f -a "retention" -d 'When what reached its ceiling is erased; without SCHEDULE, show it'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from house" -f -a "clean-up" -d 'Erase what is old on days of the calendar; without SCHEDULE, show it'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from staff" -f -a "add" -d 'Add a member'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from staff" -f -a "list" -d 'List the staff'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from staff" -f -a "disable" -d 'End a member\'s rights: they left'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from staff" -f -a "role" -d 'Give a member another role'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from staff" -f -a "password" -d 'Set or change a password'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from bookings" -f -a "import" -d 'Import a table of bookings (CSV)'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from bookings" -f -a "list" -d 'List a guest\'s bookings, and what they guard now'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from bookings" -f -a "set" -d 'Say something of one booking'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from rules" -f -a "check" -d 'Read a rule pack and say all that is wrong with it, each with its line'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from rules" -f -a "show" -d 'Show the rules of a pack; without one, the pack that holds here, the one that waits, and those before'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from rules" -f -a "apply" -d 'Put a pack in force, after a delay in which it can be taken back'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from rules" -f -a "withdraw" -d 'Take back the pack that waits'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from rules" -f -a "confirm" -d 'Let a batch go on that stopped because it would have taken too much'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from rules" -f -a "diff" -d 'Compare two packs, rule by rule'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from rules" -f -a "schema" -d 'Print the JSON schema of rule packs, for editors'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from rules" -f -a "count" -d 'Count a period as the law counts it'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from request" -f -a "list" -d 'List requests'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from request" -f -a "show" -d 'Show one request: what was decided, what it waits for, its checkpoints'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from request" -f -a "approve" -d 'Agree to what somebody else asked for'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from request" -f -a "cancel" -d 'Take a request back while its grace is not over'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from request" -f -a "refuse" -d 'Refuse a request, with the article that says so'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from hold" -f -a "place" -d 'Place a legal hold: nobody erases what it covers until two people release it'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from hold" -f -a "list" -d 'List legal holds'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from hold" -f -a "release" -d 'Ask for the release of a hold, or carry out what another member of staff has asked for'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from hold" -f -a "approve" -d 'Agree to a release that another member of staff has asked for'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from ledger" -f -a "check" -d 'Derive the whole ledger anew and compare'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from ledger" -f -a "checkpoint" -d 'Print the signed checkpoint'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from ledger" -f -a "export" -d 'Write the ledger as a folder that outside monitors read (C2SP tlog-tiles)'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from ledger" -f -a "key" -d 'Print the public key that certificates are checked with'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from ledger" -f -a "reveals" -d 'Who lifted masks, of what, why and how often'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from snapshot" -f -a "init" -d 'Register a new or empty folder for snapshots'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from snapshot" -f -a "create" -d 'Copy what is new'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from snapshot" -f -a "list" -d 'List snapshots, of one folder or of all that are registered'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from snapshot" -f -a "restore" -d 'Fill a new store (--store) from a folder of snapshots'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from snapshot" -f -a "unregister" -d 'Stop keeping a folder current, on record'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from certificate" -f -a "list" -d 'List erasures'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from certificate" -f -a "get" -d 'Print or write one certificate'
