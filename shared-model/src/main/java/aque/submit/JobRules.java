package aque.submit;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// What a job as a whole keeps to, beside what each of its tasks says.
///
/// @param maxParallel at most so many of its tasks run at once on the whole farm (A55); 0 as many as fit
/// @param serial its tasks run one after the other, in the order given (P14)
/// @param notBefore nothing of it starts earlier
/// @param tooMany so many failed tasks put it on hold, 0 never; empty is the usual: 20, or 10 % if that is more
public record JobRules(int maxParallel, boolean serial, Optional<Instant> notBefore, OptionalInt tooMany) {
    public static final JobRules NONE = new JobRules(0, false, Optional.empty(), OptionalInt.empty());

    public JobRules withMaxParallel(int n) {
        return new JobRules(n, serial, notBefore, tooMany);
    }

    public JobRules withSerial() {
        return new JobRules(maxParallel, true, notBefore, tooMany);
    }

    public JobRules withNotBefore(Instant at) {
        return new JobRules(maxParallel, serial, Optional.of(at), tooMany);
    }

    public JobRules withTooMany(int n) {
        return new JobRules(maxParallel, serial, notBefore, OptionalInt.of(n));
    }

    /// Tasks at once; 0 as many as fit.
    public int atOnce() {
        return serial ? 1 : maxParallel;
    }
}
