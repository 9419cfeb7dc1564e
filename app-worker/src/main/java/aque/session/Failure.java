package aque.session;

/// Why a session failed.
///
/// @param action which one, for people: `step Render` or `environment Blender, enter`
/// @param reason one sentence; what the action itself said by `openjd_fail`, if it did
public record Failure(String action, ActionEnd end, String reason) {

    @Override
    public String toString() {
        return action + ": " + reason;
    }
}
