# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_wuhen_global_optspecs
    string join \n store= keys= json lang= h/help V/version
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
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "bookings" -d 'Bookings: what they guard, and until when'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "rules" -d 'Rule packs: how long what must and may be kept, and why'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "attachment" -d 'Write out one attachment'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "erase" -d 'Erase records for good'
complete -c wuhen -n "__fish_wuhen_needs_command" -f -a "redact" -d 'Cut personal data out of a text, or out of stored records for good'
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
complete -c wuhen -n "__fish_wuhen_using_subcommand init" -l pack -d 'Rule pack' -r -f -a "none\t'No rules: each erasure is decided by whoever asks for it'"
complete -c wuhen -n "__fish_wuhen_using_subcommand init" -l timezone -d 'Time zone of its days' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand init" -l kind -d 'What kind of house it is' -r -f -a "platform\t'A platform on which others sell'
hotel-own-site\t'A hotel\'s own site'"
complete -c wuhen -n "__fish_wuhen_using_subcommand init" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand init" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand init" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand init" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand import" -l source -d 'Name of the source that the ids belong to [default: the file\'s name without its endings]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand import" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand import" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand import" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand import" -l allow-erased -d 'Let in again what was erased before'
complete -c wuhen -n "__fish_wuhen_using_subcommand import" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand stats" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand stats" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand stats" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand stats" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand stats" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand guests" -l find -d 'Only guests whose record contains this text' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand guests" -l as -d 'The role that reads: it decides what is masked' -r -f -a "agent\t'Talks with guests'
supervisor\t'Stands over agents'
privacy-officer\t'Answers for the house\'s personal data'
auditor\t'Reads what was done, not whom it was about'"
complete -c wuhen -n "__fish_wuhen_using_subcommand guests" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand guests" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand guests" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand guests" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand guests" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand conversations" -l guest -d 'Only those of this guest' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand conversations" -l as -d 'The role that reads: it decides what is masked' -r -f -a "agent\t'Talks with guests'
supervisor\t'Stands over agents'
privacy-officer\t'Answers for the house\'s personal data'
auditor\t'Reads what was done, not whom it was about'"
complete -c wuhen -n "__fish_wuhen_using_subcommand conversations" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand conversations" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand conversations" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand conversations" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand conversations" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand show" -l as -d 'The role that reads: it decides what is masked' -r -f -a "agent\t'Talks with guests'
supervisor\t'Stands over agents'
privacy-officer\t'Answers for the house\'s personal data'
auditor\t'Reads what was done, not whom it was about'"
complete -c wuhen -n "__fish_wuhen_using_subcommand show" -l reason -d 'Why the masks are lifted; it is sealed' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand show" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand show" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand show" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand show" -l reveal -d 'Lift the masks, on record; for --as supervisor or --as privacy-officer'
complete -c wuhen -n "__fish_wuhen_using_subcommand show" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand search" -l guest -d 'Only in this guest\'s conversations' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand search" -l from -d 'Only messages sent then or later: a day (2024-05-01) from its start, or a time (RFC 3339)' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand search" -l to -d 'Only messages sent until then: a day to its end, or before a time' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand search" -l as -d 'The role that reads: it decides what is masked' -r -f -a "agent\t'Talks with guests'
supervisor\t'Stands over agents'
privacy-officer\t'Answers for the house\'s personal data'
auditor\t'Reads what was done, not whom it was about'"
complete -c wuhen -n "__fish_wuhen_using_subcommand search" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand search" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand search" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
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
complete -c wuhen -n "__fish_wuhen_using_subcommand scan" -l keep-going -d 'Pass over lines of the text that cannot be read, say which, and end with 3 [default: stop at the first]'
complete -c wuhen -n "__fish_wuhen_using_subcommand scan" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand scan" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and not __fish_seen_subcommand_from numbers guard-days help" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and not __fish_seen_subcommand_from numbers guard-days help" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and not __fish_seen_subcommand_from numbers guard-days help" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and not __fish_seen_subcommand_from numbers guard-days help" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and not __fish_seen_subcommand_from numbers guard-days help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and not __fish_seen_subcommand_from numbers guard-days help" -f -a "numbers" -d 'The house\'s own phone numbers, which are nobody\'s personal data'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and not __fish_seen_subcommand_from numbers guard-days help" -f -a "guard-days" -d 'For how many days after check-out bookings guard their records'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and not __fish_seen_subcommand_from numbers guard-days help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from numbers" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from numbers" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from numbers" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
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
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from guard-days" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from guard-days" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from help" -f -a "numbers" -d 'The house\'s own phone numbers, which are nobody\'s personal data'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from help" -f -a "guard-days" -d 'For how many days after check-out bookings guard their records'
complete -c wuhen -n "__fish_wuhen_using_subcommand house; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and not __fish_seen_subcommand_from import list set help" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and not __fish_seen_subcommand_from import list set help" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and not __fish_seen_subcommand_from import list set help" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
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
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from import" -l keep-going -d 'Go on past rows that cannot be taken in; the program ends with 3 then'
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from import" -l dry-run -d 'Only say what would be done'
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from import" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from list" -l guest -d 'The guest' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from list" -l as -d 'The role that reads: it decides what is masked' -r -f -a "agent\t'Talks with guests'
supervisor\t'Stands over agents'
privacy-officer\t'Answers for the house\'s personal data'
auditor\t'Reads what was done, not whom it was about'"
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from list" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from list" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from list" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
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
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from set" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from help" -f -a "import" -d 'Import a table of bookings (CSV)'
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from help" -f -a "list" -d 'List a guest\'s bookings, and what they guard now'
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from help" -f -a "set" -d 'Say something of one booking'
complete -c wuhen -n "__fish_wuhen_using_subcommand bookings; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and not __fish_seen_subcommand_from check show diff schema count help" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and not __fish_seen_subcommand_from check show diff schema count help" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and not __fish_seen_subcommand_from check show diff schema count help" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and not __fish_seen_subcommand_from check show diff schema count help" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and not __fish_seen_subcommand_from check show diff schema count help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and not __fish_seen_subcommand_from check show diff schema count help" -f -a "check" -d 'Read a rule pack and say all that is wrong with it, each with its line'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and not __fish_seen_subcommand_from check show diff schema count help" -f -a "show" -d 'Show the rules of a pack'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and not __fish_seen_subcommand_from check show diff schema count help" -f -a "diff" -d 'Compare two packs, rule by rule'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and not __fish_seen_subcommand_from check show diff schema count help" -f -a "schema" -d 'Print the JSON schema of rule packs, for editors'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and not __fish_seen_subcommand_from check show diff schema count help" -f -a "count" -d 'Count a period as the law counts it'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and not __fish_seen_subcommand_from check show diff schema count help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from check" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from check" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from check" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from check" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from show" -l kind -d 'Only rules for this kind of house: `platform` or `hotel-own-site`' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from show" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from show" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from show" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from show" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from diff" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from diff" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from diff" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from diff" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from schema" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from schema" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from schema" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from schema" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from schema" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from count" -l from -d 'The day of the event that begins it' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from count" -l counting -d 'By which law: `civil-code`, `regulation-1182-71` or `plain`' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from count" -l member-state -d 'Whose public holidays count under `regulation-1182-71`: two letters, such as `DE`' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from count" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from count" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from count" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from count" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from count" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "check" -d 'Read a rule pack and say all that is wrong with it, each with its line'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show the rules of a pack'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "diff" -d 'Compare two packs, rule by rule'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "schema" -d 'Print the JSON schema of rule packs, for editors'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "count" -d 'Count a period as the law counts it'
complete -c wuhen -n "__fish_wuhen_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wuhen -n "__fish_wuhen_using_subcommand attachment" -l output -d 'Write to this new file instead of standard output' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand attachment" -l as -d 'The role that reads: it decides what is masked' -r -f -a "agent\t'Talks with guests'
supervisor\t'Stands over agents'
privacy-officer\t'Answers for the house\'s personal data'
auditor\t'Reads what was done, not whom it was about'"
complete -c wuhen -n "__fish_wuhen_using_subcommand attachment" -l reason -d 'Why the masks are lifted; it is sealed' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand attachment" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand attachment" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand attachment" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand attachment" -l reveal -d 'Lift the masks, on record; for --as supervisor or --as privacy-officer'
complete -c wuhen -n "__fish_wuhen_using_subcommand attachment" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand attachment" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l guest -d 'A guest, with everything' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l conversation -d 'Whole conversations' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l message -d 'Single messages, with their attachments; CONVERSATION/ID where several conversations have one of this id' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l label -d 'Every conversation that bears this confidentiality label' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l before -d 'Every message sent before this: the start of a day (2024-05-01), or a time (RFC 3339)' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l reason -d 'Why; it is sealed, and stands on the certificate' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l certificate -d 'Write the certificate to this new file' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l dry-run -d 'Only say what would happen'
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l yes -d 'Erase without asking'
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand erase" -s h -l help -d 'Print help (see more with \'--help\')'
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
complete -c wuhen -n "__fish_wuhen_using_subcommand redact" -l keep-going -d 'Pass over lines of the text that cannot be read, say which, and end with 3 [default: stop at the first]'
complete -c wuhen -n "__fish_wuhen_using_subcommand redact" -l all -d 'Everything in the store'
complete -c wuhen -n "__fish_wuhen_using_subcommand redact" -l dry-run -d 'Only say what would happen'
complete -c wuhen -n "__fish_wuhen_using_subcommand redact" -l yes -d 'Redact without asking'
complete -c wuhen -n "__fish_wuhen_using_subcommand redact" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand redact" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand label" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand label" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand label" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand label" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand label" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand mark" -l reason -d 'Why; it is sealed' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand mark" -l by -d 'Who says so' -r -f -a "guest\t'The guest'
agent\t'Somebody of the house'"
complete -c wuhen -n "__fish_wuhen_using_subcommand mark" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand mark" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand mark" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand mark" -l remove -d 'Take the mark away'
complete -c wuhen -n "__fish_wuhen_using_subcommand mark" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand mark" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand verify" -l key -d 'File with the public key that the hotel publishes: its first line that is one' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand verify" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand verify" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand verify" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand verify" -l pin -d 'Remember the key of --key when the certificate holds, so that --key is not needed again'
complete -c wuhen -n "__fish_wuhen_using_subcommand verify" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and not __fish_seen_subcommand_from check checkpoint export key reveals help" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and not __fish_seen_subcommand_from check checkpoint export key reveals help" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and not __fish_seen_subcommand_from check checkpoint export key reveals help" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
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
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from check" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from checkpoint" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from checkpoint" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from checkpoint" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from checkpoint" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from checkpoint" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from export" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from export" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from export" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from export" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from key" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from key" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from key" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from key" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from key" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from reveals" -l conversation -d 'Only of this conversation' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from reveals" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from reveals" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand ledger; and __fish_seen_subcommand_from reveals" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
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
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from init" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from create" -l repository -d 'Which one, where several folders are registered' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from create" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from create" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from create" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from create" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from list" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from list" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from list" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from list" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from restore" -l snapshot -d 'Which snapshot [default: the last]' -r
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from restore" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from restore" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from restore" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from restore" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from restore" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from unregister" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from unregister" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand snapshot; and __fish_seen_subcommand_from unregister" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
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
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and not __fish_seen_subcommand_from list get help" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and not __fish_seen_subcommand_from list get help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and not __fish_seen_subcommand_from list get help" -f -a "list" -d 'List erasures'
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and not __fish_seen_subcommand_from list get help" -f -a "get" -d 'Print or write one certificate'
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and not __fish_seen_subcommand_from list get help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and __fish_seen_subcommand_from list" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and __fish_seen_subcommand_from list" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and __fish_seen_subcommand_from list" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and __fish_seen_subcommand_from list" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and __fish_seen_subcommand_from get" -l output -d 'Write to this new file instead of standard output' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and __fish_seen_subcommand_from get" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and __fish_seen_subcommand_from get" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand certificate; and __fish_seen_subcommand_from get" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
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
complete -c wuhen -n "__fish_wuhen_using_subcommand probe" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand probe" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand doctor" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand doctor" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand doctor" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand doctor" -l repair -d 'Copy roots to replicas that lack them, and register folders that --keys adds'
complete -c wuhen -n "__fish_wuhen_using_subcommand doctor" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand completions" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand completions" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand completions" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand completions" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand reference" -l store -d 'Folder of the store' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand reference" -l keys -d 'Folder of the keys, once for each replica [default: those given to `init`]' -r -F
complete -c wuhen -n "__fish_wuhen_using_subcommand reference" -l lang -d 'Language of the answers [default: by locale]' -r -f -a "zh\t'简体中文'
en\t'English'"
complete -c wuhen -n "__fish_wuhen_using_subcommand reference" -l json -d 'Answer in JSON, for machines'
complete -c wuhen -n "__fish_wuhen_using_subcommand reference" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house bookings rules attachment erase redact label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "init" -d 'Make a store and its keys'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house bookings rules attachment erase redact label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "import" -d 'Import chat records'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house bookings rules attachment erase redact label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "stats" -d 'What is stored, in numbers'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house bookings rules attachment erase redact label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "guests" -d 'List guests'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house bookings rules attachment erase redact label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "conversations" -d 'List conversations'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house bookings rules attachment erase redact label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "show" -d 'Show one conversation with its messages'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house bookings rules attachment erase redact label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "search" -d 'Find messages by words'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house bookings rules attachment erase redact label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "scan" -d 'Find personal data in a text, or in the store'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house bookings rules attachment erase redact label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "house" -d 'What the house says about itself'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house bookings rules attachment erase redact label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "bookings" -d 'Bookings: what they guard, and until when'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house bookings rules attachment erase redact label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "rules" -d 'Rule packs: how long what must and may be kept, and why'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house bookings rules attachment erase redact label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "attachment" -d 'Write out one attachment'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house bookings rules attachment erase redact label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "erase" -d 'Erase records for good'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house bookings rules attachment erase redact label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "redact" -d 'Cut personal data out of a text, or out of stored records for good'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house bookings rules attachment erase redact label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "label" -d 'Put a confidentiality label on a conversation'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house bookings rules attachment erase redact label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "mark" -d 'Say what an attachment shows, or that it does not'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house bookings rules attachment erase redact label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "verify" -d 'Check an erasure certificate, offline'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house bookings rules attachment erase redact label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "ledger" -d 'The public record of what happened'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house bookings rules attachment erase redact label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "snapshot" -d 'Copies for the day the disk is lost, kept current so that nothing erased comes back'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house bookings rules attachment erase redact label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "certificate" -d 'Certificates of earlier erasures'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house bookings rules attachment erase redact label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "probe" -d 'Search the raw bytes of every file for words that must not be there'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house bookings rules attachment erase redact label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "doctor" -d 'What could be better on this machine'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house bookings rules attachment erase redact label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "completions" -d 'Print completions for a shell'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house bookings rules attachment erase redact label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "reference" -d 'Print the reference of the command line in Markdown'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and not __fish_seen_subcommand_from init import stats guests conversations show search scan house bookings rules attachment erase redact label mark verify ledger snapshot certificate probe doctor completions reference help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from house" -f -a "numbers" -d 'The house\'s own phone numbers, which are nobody\'s personal data'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from house" -f -a "guard-days" -d 'For how many days after check-out bookings guard their records'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from bookings" -f -a "import" -d 'Import a table of bookings (CSV)'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from bookings" -f -a "list" -d 'List a guest\'s bookings, and what they guard now'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from bookings" -f -a "set" -d 'Say something of one booking'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from rules" -f -a "check" -d 'Read a rule pack and say all that is wrong with it, each with its line'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from rules" -f -a "show" -d 'Show the rules of a pack'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from rules" -f -a "diff" -d 'Compare two packs, rule by rule'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from rules" -f -a "schema" -d 'Print the JSON schema of rule packs, for editors'
complete -c wuhen -n "__fish_wuhen_using_subcommand help; and __fish_seen_subcommand_from rules" -f -a "count" -d 'Count a period as the law counts it'
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
