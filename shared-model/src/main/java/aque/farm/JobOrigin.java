package aque.farm;

/// What a job is of and was made of.
///
/// @param show its label of that name; "" without
/// @param template the template, bundle or script; "" for a job that was made of no file
public record JobOrigin(String show, String template) {
    /// Of a job that nothing is known of.
    public static final JobOrigin NONE = new JobOrigin("", "");

    /// The template as people call it: without its folders.
    public String templateName() {
        return template.substring(Math.max(template.lastIndexOf('/'), template.lastIndexOf('\\')) + 1);
    }
}
