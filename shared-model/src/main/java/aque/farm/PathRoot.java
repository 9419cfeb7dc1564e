package aque.farm;

/// A folder of the farm as each platform names it: what is under one of these is under the others, too.
///
/// @param name for people
/// @param linux and so on: where it is there, "" nowhere
public record PathRoot(String name, String linux, String windows, String macos) {
    /// @param platform `linux`, `windows` or `macos`
    public String on(String platform) {
        return switch (platform) {
            case "linux" -> linux;
            case "windows" -> windows;
            case "macos" -> macos;
            default -> "";
        };
    }
}
