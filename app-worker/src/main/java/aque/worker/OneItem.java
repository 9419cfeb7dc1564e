package aque.worker;

import aque.broker.Claim;
import aque.submit.TaskFrames;

/// The items of a task with a process of its own: its frames, once. What asks for items works with and without others.
final class OneItem implements Items {
    private final Claim claim;
    private boolean given;

    OneItem(Claim claim) {
        this.claim = claim;
    }

    @Override
    public synchronized String next(String said) {
        if (!said.isEmpty()) {
            throw new IllegalArgumentException(said);
        }
        var first = !given;
        given = true;
        return first ? told(claim, claim.environment().getOrDefault(TaskFrames.VARIABLE, "")) : "";
    }

    static String told(Claim claim, String item) {
        return claim.task() + " " + claim.attempt() + " " + item;
    }
}
