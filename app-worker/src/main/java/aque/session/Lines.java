package aque.session;

import aque.openjd.Directive;
import java.util.Optional;

/// Acts on one action's output lines.
final class Lines implements OutputLines {

    private final SessionListener listener;
    private final Secrets secrets;
    private final Optional<Variables> variables;
    private final boolean secretVariables;
    private volatile Optional<String> said = Optional.empty();

    /// @param variables that the lines may change: of the environment that is being entered
    /// @param secretVariables whether `openjd_redacted_env` sets its variable; its value is hidden anyhow
    Lines(SessionListener listener, Secrets secrets, Optional<Variables> variables, boolean secretVariables) {
        this.listener = listener;
        this.secrets = secrets;
        this.variables = variables;
        this.secretVariables = secretVariables;
    }

    /// Why the action failed, if it said so.
    Optional<String> reason() {
        return said;
    }

    @Override
    public boolean take(String line) {
        switch (Directive.parse(line)) {
            case Directive.Plain plain -> {}
            case Directive.LogLevel level -> {}
            case Directive.Progress progress -> listener.progress(progress.percent());
            case Directive.Status status -> listener.status(secrets.hide(status.text()));
            case Directive.Fail fail -> fail(secrets.hide(fail.text()));
            case Directive.Env env -> variables.ifPresent(v -> v.set(env.name(), env.value()));
            case Directive.UnsetEnv env -> variables.ifPresent(v -> v.unset(env.name()));
            case Directive.RedactedEnv env -> {
                secrets.add(env.value());
                variables.filter(v -> secretVariables).ifPresent(v -> v.set(env.name(), env.value()));
            }
            case Directive.Malformed malformed -> {
                malformed.value().ifPresent(secrets::add);
                return !malformed.cancels() || refuse(line, malformed.error());
            }
        }
        return true;
    }

    private void fail(String text) {
        said = Optional.of(text);
        listener.fail(text);
    }

    private boolean refuse(String line, String error) {
        said = Optional.of("the output line '" + secrets.hide(line) + "' is wrong: " + error);
        return false;
    }

    @Override
    public String shown(String line) {
        return secrets.hide(line);
    }
}
