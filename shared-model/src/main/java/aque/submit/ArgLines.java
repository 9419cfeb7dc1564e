package aque.submit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Cuts text into the argument lists that GNU xargs would make of it (A86). Pure.
///
/// @param nul items end at NUL, nothing is special in them (`-0`)
/// @param replace each line is one item put in the place of this word (`-I`)
/// @param lines at most so many non-blank lines a command (`-L`); a line that ends in a blank goes on in the next
/// @param most at most so many items a command (`-n`)
public record ArgLines(boolean nul, Optional<String> replace, Optional<Integer> lines, Optional<Integer> most) {

    private record Item(String text, int line) {}

    /// The commands, each with all its words.
    ///
    /// @throws SubmitException for a quote that does not end
    public List<List<String>> commands(List<String> command, String input) {
        var items = nul ? atNul(input) : replace.isPresent() ? wholeLines(input) : words(input);
        if (replace.isPresent()) {
            return items.stream().map(i -> replaced(command, i.text())).toList();
        }
        var out = new ArrayList<List<String>>();
        for (var group : grouped(items)) {
            var words = new ArrayList<>(command);
            group.forEach(i -> words.add(i.text()));
            out.add(words);
        }
        return out;
    }

    private List<String> replaced(List<String> command, String item) {
        return command.stream().map(w -> w.replace(replace.orElseThrow(), item)).toList();
    }

    /// Without any limit all items go to one command, even none at all.
    private List<List<Item>> grouped(List<Item> items) {
        var out = new ArrayList<List<Item>>();
        var current = new ArrayList<Item>();
        var linesHere = 0;
        var lastLine = -1;
        for (var item : items) {
            var newLine = item.line() != lastLine;
            var full = most.isPresent()
                    ? current.size() >= most.get()
                    : lines.isPresent() && newLine && linesHere >= lines.get();
            if (full && !current.isEmpty()) {
                out.add(current);
                current = new ArrayList<>();
                linesHere = 0;
            }
            linesHere += newLine || current.isEmpty() ? 1 : 0;
            lastLine = item.line();
            current.add(item);
        }
        if (!current.isEmpty() || out.isEmpty()) {
            out.add(current);
        }
        return out;
    }

    private static List<Item> atNul(String input) {
        var out = new ArrayList<Item>();
        var from = 0;
        for (var at = input.indexOf('\0'); at >= 0; at = input.indexOf('\0', from)) {
            out.add(new Item(input.substring(from, at), out.size()));
            from = at + 1;
        }
        if (from < input.length()) {
            out.add(new Item(input.substring(from), out.size()));
        }
        return out;
    }

    /// With `-I` only line ends divide; blanks before an item go, quotes still count.
    private static List<Item> wholeLines(String input) {
        return new Words(input, false).read();
    }

    private static List<Item> words(String input) {
        return new Words(input, true).read();
    }

    /// Reads items with xargs' quoting: '…' and "…" within a line, backslash before any character.
    private static final class Words {
        private final String input;
        private final boolean blanksDivide;
        private final List<Item> out = new ArrayList<>();
        private final StringBuilder word = new StringBuilder();
        private boolean inWord;
        private int line;
        private int at;

        Words(String input, boolean blanksDivide) {
            this.input = input;
            this.blanksDivide = blanksDivide;
        }

        List<Item> read() {
            while (at < input.length()) {
                one(input.charAt(at++));
            }
            // An empty quote is an item, but not as the very last thing: so does GNU xargs.
            inWord &= !word.isEmpty();
            end();
            return out;
        }

        private void one(char c) {
            if (c == '\n') {
                lineEnd();
            } else if (c == ' ' || c == '\t') {
                if (blanksDivide) {
                    end();
                } else if (inWord) {
                    word.append(c);
                }
            } else if (c == '\\' && at < input.length()) {
                add(input.charAt(at++));
            } else if (c == '\'' || c == '"') {
                quoted(c);
            } else {
                add(c);
            }
        }

        /// Only a line end right behind an item ends a line: a blank before it joins it with the next, and empty lines
        /// do
        /// not count.
        private void lineEnd() {
            var blank = at > 1 && (input.charAt(at - 2) == ' ' || input.charAt(at - 2) == '\t');
            var ends = inWord && !blank;
            end();
            if (ends) {
                line++;
            }
        }

        private void quoted(char quote) {
            inWord = true;
            while (at < input.length() && input.charAt(at) != quote) {
                if (input.charAt(at) == '\n') {
                    break;
                }
                word.append(input.charAt(at++));
            }
            if (at >= input.length() || input.charAt(at) != quote) {
                throw new SubmitException("unmatched " + (quote == '"' ? "double" : "single") + " quote in line "
                        + (line + 1) + " of the arguments");
            }
            at++;
        }

        private void add(char c) {
            inWord = true;
            word.append(c);
        }

        private void end() {
            if (inWord) {
                out.add(new Item(word.toString(), line));
            }
            word.setLength(0);
            inWord = false;
        }
    }
}
