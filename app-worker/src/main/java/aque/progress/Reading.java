package aque.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/// What is known of one tool in one process: how many frames it has to do, which one it is at, how far that one is.
final class Reading {
    private final Tool tool;
    private final List<Rule> rules;
    private boolean seen;
    private OptionalDouble first = OptionalDouble.empty();
    private OptionalDouble last = OptionalDouble.empty();
    private double by = 1;
    private OptionalDouble count = OptionalDouble.empty();
    private OptionalDouble seconds = OptionalDouble.empty();
    private OptionalDouble frame = OptionalDouble.empty();
    private double inner;
    private double items;
    private boolean learned;

    Reading(Tool tool, String commandLine) {
        this.tool = tool;
        this.rules = tool.ofLines();
        for (var rule : tool.ofCommandLine()) {
            var match = rule.find(commandLine);
            if (match != null) {
                command(rule, match);
            }
        }
    }

    private void command(Rule rule, Matcher match) {
        switch (rule.kind()) {
            case PROGRAM -> seen = true;
            case FIRST -> first = number(match.group(1));
            case LAST -> last = number(match.group(1));
            case BY -> by = Math.max(1, number(match.group(1)).orElse(1));
            case COUNT -> count = number(match.group(1));
            case LENGTH -> seconds = number(match.group(1));
            default -> throw new IllegalStateException("not of a command line: " + rule);
        }
    }

    /// Whether the last line told what tool it is, or how much there is.
    boolean learned() {
        return learned;
    }

    List<Sign> take(String line) {
        learned = false;
        List<Sign> out = List.of();
        var measured = false;
        for (var rule : rules) {
            if (measured && rule.kind() == Rule.Kind.PROGRESS) {
                continue;
            }
            var match = rule.find(line);
            if (match == null) {
                continue;
            }
            var sign = sign(rule, match, line);
            if (sign.isPresent()) {
                measured |= rule.kind() == Rule.Kind.PROGRESS;
                out = out.isEmpty() ? new ArrayList<>() : out;
                out.add(sign.get());
            }
        }
        return out;
    }

    private Optional<Sign> sign(Rule rule, Matcher match, String line) {
        return switch (rule.kind()) {
            case SEEN -> {
                learned = !seen;
                seen = true;
                yield Optional.empty();
            }
            case TOTAL -> {
                learned = true;
                total(rule, match);
                yield Optional.empty();
            }
            case PROGRESS -> measure(rule, match);
            case DONE -> {
                inner = 1;
                yield whole();
            }
            case ITEM -> {
                items++;
                yield frames() > 1 ? percent(items / frames()) : Optional.empty();
            }
            case END -> percent(1);
            case STATUS -> Optional.ofNullable(rule.group(match, "text")).map(Sign.Status::new);
            case ERROR -> seen ? Optional.of(new Sign.Error(tool.name(), line.strip())) : Optional.empty();
            case LICENCE -> Optional.of(new Sign.Licence(tool.name(), line.strip()));
            case VOLUME -> Optional.of(new Sign.Volume(tool.name(), line.strip()));
            default -> throw new IllegalStateException("not of a line: " + rule);
        };
    }

    private void total(Rule rule, Matcher match) {
        var time = seconds(rule, match);
        if (time.isPresent()) {
            seconds = OptionalDouble.of(Math.max(time.getAsDouble(), seconds.orElse(0)));
        }
        var of = number(rule.group(match, "of"));
        count = of.isPresent() ? of : count;
    }

    private Optional<Sign> measure(Rule rule, Matcher match) {
        var now = number(rule.group(match, "frame"));
        if (now.isPresent() && !now.equals(frame)) {
            frame = now;
            inner = 0;
        }
        var part = part(rule, match);
        if (part.isPresent()) {
            inner = Math.clamp(part.getAsDouble(), 0, 1);
        }
        return part.isPresent() || now.isPresent() && frames() > 1 ? whole() : Optional.empty();
    }

    /// How much of what it speaks of is done, from 0 to 1.
    private OptionalDouble part(Rule rule, Matcher match) {
        var percent = number(rule.group(match, "percent"));
        if (percent.isPresent()) {
            return OptionalDouble.of(percent.getAsDouble() / 100);
        }
        var fraction = number(rule.group(match, "fraction"));
        if (fraction.isPresent()) {
            return fraction;
        }
        var time = seconds(rule, match);
        if (time.isPresent()) {
            return ratio(time, seconds);
        }
        var of = number(rule.group(match, "of"));
        return ratio(number(rule.group(match, "done")), of.isPresent() ? of : count);
    }

    private static OptionalDouble ratio(OptionalDouble done, OptionalDouble of) {
        return done.isPresent() && of.isPresent() && of.getAsDouble() > 0
                ? OptionalDouble.of(done.getAsDouble() / of.getAsDouble())
                : OptionalDouble.empty();
    }

    /// Of all frames, when their number is known; else of the one that it is at.
    private Optional<Sign> whole() {
        if (frames() <= 1 || frame.isEmpty() || first.isEmpty()) {
            return percent(inner);
        }
        var before = Math.max(0, Math.floor((frame.getAsDouble() - first.getAsDouble()) / by));
        return percent((before + inner) / frames());
    }

    private double frames() {
        if (first.isPresent() && last.isPresent()) {
            return Math.floor((last.getAsDouble() - first.getAsDouble()) / by) + 1;
        }
        return count.orElse(1);
    }

    private static Optional<Sign> percent(double part) {
        return Optional.of(new Sign.Progress(Math.round(Math.clamp(part, 0, 1) * 1000) / 10.0));
    }

    private static OptionalDouble number(@Nullable String text) {
        try {
            return text == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /// `time` as HH:MM:SS.cc, or `us` in microseconds.
    private static OptionalDouble seconds(Rule rule, Matcher match) {
        var micros = number(rule.group(match, "us"));
        if (micros.isPresent()) {
            return OptionalDouble.of(micros.getAsDouble() / 1e6);
        }
        var time = rule.group(match, "time");
        if (time == null) {
            return OptionalDouble.empty();
        }
        var sum = 0.0;
        for (var part : time.split(":", -1)) {
            sum = sum * 60 + number(part).orElse(0);
        }
        return OptionalDouble.of(sum);
    }
}
