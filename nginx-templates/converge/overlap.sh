# shellcheck shell=bash
# Patterns of two instances that match one name: nginx would give it to the first, and the outage of one instance would
# take the other's. Each pattern becomes an automaton; two of them read side by side find the names that they share.

# Reads lines `<pattern> <instance>` of the form that validate.sh asks for.
# Prints `<name> <pattern> <instance> <pattern> <instance>` for each two that overlap.
overlaps() {
  awk '
    function step(from, to, letters) { reads[n, from, ++steps[n, from]] = letters; goes[n, from, steps[n, from]] = to }
    function build(rest,   token, from, group, run) {
      from = states = 0
      while (rest != "") {
        match(rest, /^(\\\.|\[0-9a-z\]\+|\[0-9\]\+|\)\?|.)/)
        token = substr(rest, 1, RLENGTH)
        rest = substr(rest, RLENGTH + 1)
        if (token == "(") { group = from; continue }
        if (token == ")?") { step(group, from, ""); continue }
        if (token ~ /.\+$/) {
          run = ++states
          step(from, run, digits (token ~ /a-z/ ? letters : ""))
          step(run, run, digits (token ~ /a-z/ ? letters : ""))
          step(run, ++states, "")
        } else step(from, ++states, substr(token, length(token)))
        from = states
      }
      end[n] = from
    }
    function common(one, other,   at) {
      if (length(one) > length(other)) return common(other, one)
      for (at = 1; at <= length(one); at++) if (index(other, substr(one, at, 1))) return substr(one, at, 1)
    }
    function reach(x, y, text) {
      if ((x, y) in seen) return
      seen[x, y] = 1
      left[++found] = x; right[found] = y; name[found] = text
    }
    # The name that the patterns a and b share, or nothing.
    function shared(a, b,   at, x, y, i, j, letter) {
      split("", seen)
      found = 0
      reach(0, 0, "")
      for (at = 1; at <= found; at++) {
        x = left[at]; y = right[at]
        if (x == end[a] && y == end[b]) return name[at]
        for (i = 1; i <= steps[a, x]; i++) if (reads[a, x, i] == "") reach(goes[a, x, i], y, name[at])
        for (j = 1; j <= steps[b, y]; j++) if (reads[b, y, j] == "") reach(x, goes[b, y, j], name[at])
        for (i = 1; i <= steps[a, x]; i++)
          for (j = 1; j <= steps[b, y]; j++)
            if ((letter = common(reads[a, x, i], reads[b, y, j])) != "") reach(goes[a, x, i], goes[b, y, j], name[at] letter)
      }
    }
    BEGIN { digits = "0123456789"; letters = "abcdefghijklmnopqrstuvwxyz" }
    {
      n++
      pattern[n] = $1; instance[n] = $2
      build($1)
      for (other = 1; other < n; other++)
        if (instance[other] != $2 && (both = shared(other, n)) != "") print both, pattern[other], instance[other], $1, $2
    }'
}
