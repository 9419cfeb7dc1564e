package aque.openjd;

import java.util.List;
import java.util.stream.Stream;

/// How task parameters combine: `A * B` is every pair, `(A, B)` goes in lockstep.
sealed interface Combination {

    record One(String parameter) implements Combination {}

    record Product(List<Combination> factors) implements Combination {}

    record Lockstep(List<Combination> rows) implements Combination {}

    /// The parameters in order of mention.
    default Stream<String> parameters() {
        return switch (this) {
            case One one -> Stream.of(one.parameter());
            case Product product -> product.factors().stream().flatMap(Combination::parameters);
            case Lockstep lockstep -> lockstep.rows().stream().flatMap(Combination::parameters);
        };
    }

    /// @throws IllegalArgumentException with a sentence, when the text is no combination
    static Combination parse(String text) {
        return new CombinationParser(text).parse();
    }
}
