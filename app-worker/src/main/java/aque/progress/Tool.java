package aque.progress;

import java.util.List;

/// A program whose output is understood.
record Tool(String name, List<Rule> rules) {
    Tool {
        rules = List.copyOf(rules);
    }

    List<Rule> ofCommandLine() {
        return rules.stream().filter(Rule::isOfCommandLine).toList();
    }

    List<Rule> ofLines() {
        return rules.stream().filter(rule -> !rule.isOfCommandLine()).toList();
    }
}
