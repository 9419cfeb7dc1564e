package aque.worker;

import aque.broker.Claim;
import aque.broker.Progress;
import aque.log.Channel;
import aque.openjd.Directive;
import aque.progress.Gauge;
import aque.progress.Sign;
import aque.session.Secrets;
import java.util.List;
import java.util.Optional;

/// What a task tells of itself: how far it is, what it is doing, why it fails, and what nobody else is to read. Any
/// thread.
final class Voice {
    private final Claim claim;
    private final OutputTap tap;
    private volatile double percent = -1;
    private volatile String status = "";
    private volatile String failure = "";
    private volatile String errorLine = "";
    private volatile boolean lacksLicence;
    private volatile String illVolume = "";
    private Secrets secrets = new Secrets();
    private Optional<Gauge> gauge = Optional.empty();

    Voice(Claim claim, OutputTap tap) {
        this.claim = claim;
        this.tap = tap;
    }

    /// Goes on with what it told a former worker.
    void restore(HandedRun old) {
        percent = old.percent();
        status = old.status();
        failure = old.failure();
        errorLine = old.errorLine();
        secrets = Secrets.of(old.secrets());
    }

    /// How far it is, for everybody.
    Progress toldSoFar() {
        return new Progress(claim.task(), claim.attempt(), percent, status);
    }

    double percent() {
        return percent;
    }

    String status() {
        return status;
    }

    /// Why the task says that it failed; empty when it does not.
    String failure() {
        return failure;
    }

    /// The line of its output that tells of an error; empty when there was none.
    String errorLine() {
        return errorLine;
    }

    List<String> secrets() {
        return secrets.values();
    }

    /// Lines that told its tool, for the next worker.
    List<String> memory() {
        return gauge.map(Gauge::memory).orElse(List.of());
    }

    /// Another process of it begins: what the one before said of errors is over.
    void begin() {
        errorLine = "";
        lacksLicence = false;
        illVolume = "";
    }

    /// From now on its lines are read so: what is addressed to us, and what its tool tells people.
    ///
    /// @param hidden what its log must not show
    void listen(Gauge reader, List<String> hidden) {
        hidden.forEach(secrets::add);
        tap.hide(secrets);
        tap.onLine(reader.words(), (channel, line) -> {
            hear(Directive.parse(line));
            read(reader, secrets.hide(line));
        });
    }

    /// What its tool's lines are read by.
    void readWith(Gauge reader) {
        gauge = Optional.of(reader);
    }

    private void hear(Directive directive) {
        switch (directive) {
            case Directive.Progress p -> progress(p.percent());
            case Directive.Status s -> status(secrets.hide(s.text()));
            case Directive.Fail f -> fail(secrets.hide(f.text()));
            case Directive.RedactedEnv e -> secrets.add(e.value());
            case Directive.Malformed m -> m.value().ifPresent(secrets::add);
            default -> {}
        }
    }

    /// Takes a line that its tool prints for people, without secrets.
    void read(Gauge reader, String line) {
        for (var sign : reader.take(line)) {
            switch (sign) {
                case Sign.Progress p -> progress(p.percent());
                case Sign.Status s -> status(s.text());
                case Sign.Error e -> complain(e);
                case Sign.Licence l -> lack(l);
                case Sign.Volume v -> fellIll(v);
            }
        }
    }

    /// The first such line counts.
    private void complain(Sign.Error error) {
        if (errorLine.isEmpty()) {
            errorLine = error.line();
            tap.note(Channel.LOG, "aque: this line of " + error.tool() + " tells of an error: " + error.line());
        }
    }

    private void lack(Sign.Licence licence) {
        if (!lacksLicence) {
            lacksLicence = true;
            remark("this line tells that a licence is short: " + licence.line());
        }
    }

    private void fellIll(Sign.Volume volume) {
        if (illVolume.isEmpty()) {
            illVolume = volume.line();
            remark("this line tells of an ill disk: " + volume.line());
        }
    }

    /// The line of its output that told of a disk that is full, stale or away; "" for none.
    String illVolume() {
        return illVolume;
    }

    /// A line of its output told that a licence was short.
    boolean lacksLicence() {
        return lacksLicence;
    }

    void progress(double p) {
        percent = p;
        tap.note(Channel.PROGRESS, Double.toString(p));
    }

    void status(String text) {
        status = text;
        tap.note(Channel.STATUS, text);
    }

    /// Why the task says that it failed; shown as its status, decided by its exit.
    void fail(String text) {
        failure = text;
        status(text);
    }

    /// A word of the worker's own in its log.
    void remark(String sentence) {
        tap.note(Channel.LOG, "aque: " + sentence);
    }
}
