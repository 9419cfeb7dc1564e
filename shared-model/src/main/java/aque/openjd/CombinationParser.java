package aque.openjd;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Recursive descent over `A * (B, C)`. The text has at most 1280 characters, so the recursion is bounded.
final class CombinationParser {

    private static final Pattern TOKEN = Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_]*|[*(),]|\\S)");

    private final List<String> tokens = new ArrayList<>();
    private int at;

    CombinationParser(String text) {
        var matcher = TOKEN.matcher(text);
        while (matcher.lookingAt()) {
            tokens.add(matcher.group(1));
            matcher.region(matcher.end(), text.length());
        }
    }

    Combination parse() {
        var whole = product();
        if (at < tokens.size()) {
            throw new IllegalArgumentException("'" + tokens.get(at) + "' is not expected there; a '*' is missing?");
        }
        return whole;
    }

    private Combination product() {
        var factors = new ArrayList<Combination>();
        factors.add(element());
        while (skip("*")) {
            factors.add(element());
        }
        return factors.size() == 1 ? factors.getFirst() : new Combination.Product(List.copyOf(factors));
    }

    private Combination element() {
        if (at == tokens.size()) {
            throw new IllegalArgumentException("the combination ends where a parameter is expected");
        }
        if (skip("(")) {
            return lockstep();
        }
        var token = tokens.get(at++);
        if (!Words.IDENTIFIER.matcher(token).matches()) {
            throw new IllegalArgumentException("'" + token + "' where a parameter is expected");
        }
        return new Combination.One(token);
    }

    private Combination lockstep() {
        var rows = new ArrayList<Combination>();
        do {
            rows.add(product());
        } while (skip(","));
        if (!skip(")")) {
            throw new IllegalArgumentException("a ')' is missing");
        }
        return new Combination.Lockstep(List.copyOf(rows));
    }

    private boolean skip(String token) {
        var there = at < tokens.size() && tokens.get(at).equals(token);
        at += there ? 1 : 0;
        return there;
    }
}
