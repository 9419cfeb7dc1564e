package aque.openjd;

import aque.openjd.Runs.Run;
import java.util.ArrayList;
import java.util.List;

/// The values of a `CHUNK[INT]` parameter, dealt out in chunks of nearly equal size that hold at most `most` values.
sealed interface Chunking {

    long size();

    /// The chunk as a range expression.
    String get(long index);

    static Chunking of(Runs runs, long most, boolean contiguous) {
        return contiguous ? Contiguous.of(runs, most) : new Loose(runs, Deal.of(runs.size(), most));
    }

    /// `total` values in `chunks` portions, the larger ones spread evenly: 35 by 10 is 9, 9, 9, 8.
    record Deal(long total, long chunks) {

        private static final long MOST_CHUNKS = 1L << 31;

        static Deal of(long total, long most) {
            var chunks = Math.ceilDiv(total, most);
            if (chunks > MOST_CHUNKS) {
                throw new IllegalArgumentException("the range makes more than " + MOST_CHUNKS + " chunks");
            }
            return new Deal(total, chunks);
        }

        /// Where a portion starts. Portion `(i * chunks) / extra` is one larger, for each `i` below `extra`.
        long start(long chunk) {
            var extra = total % chunks;
            return chunk * (total / chunks) + Math.ceilDiv(chunk * extra, chunks);
        }

        long length(long chunk) {
            return start(chunk + 1) - start(chunk);
        }
    }

    /// Chunks that may jump over gaps.
    record Loose(Runs runs, Deal deal) implements Chunking {
        @Override
        public long size() {
            return deal.chunks();
        }

        @Override
        public String get(long index) {
            return runs.slice(deal.start(index), deal.length(index)).toString();
        }
    }

    /// Chunks of neighbours only, always written `first-last`.
    record Contiguous(List<Part> parts, long size) implements Chunking {

        /// Either an interval dealt out, or a run with a step, whose every value is a chunk of its own.
        record Part(Run run, Deal deal) {
            String get(long index) {
                var first = run.get(deal.start(index));
                return first + "-" + (first + deal.length(index) - 1);
            }
        }

        static Contiguous of(Runs runs, long most) {
            var parts = new ArrayList<Part>();
            for (var run : intervals(runs)) {
                parts.add(new Part(run, Deal.of(run.size(), run.step() == 1 ? most : 1)));
            }
            return new Contiguous(
                    List.copyOf(parts),
                    parts.stream().mapToLong(part -> part.deal().chunks()).sum());
        }

        /// Neighbouring runs joined; a run with a step gives up its ends, which may have neighbours.
        private static List<Run> intervals(Runs runs) {
            var joined = new ArrayList<Run>();
            for (var run : runs.runs()) {
                if (run.step() == 1) {
                    join(joined, run);
                    continue;
                }
                join(joined, new Run(run.first(), run.first(), 1));
                if (run.size() > 2) {
                    joined.add(run.part(1, run.size() - 2));
                }
                join(joined, new Run(run.last(), run.last(), 1));
            }
            return joined;
        }

        private static void join(List<Run> joined, Run next) {
            if (!joined.isEmpty()
                    && joined.getLast().step() == 1
                    && joined.getLast().last() + 1 == next.first()) {
                next = new Run(joined.removeLast().first(), next.last(), 1);
            }
            joined.add(next);
        }

        @Override
        public String get(long index) {
            var rest = index;
            for (var part : parts) {
                if (rest < part.deal().chunks()) {
                    return part.get(rest);
                }
                rest -= part.deal().chunks();
            }
            throw new IndexOutOfBoundsException(index);
        }
    }
}
