package aque.desktop.tasks;

import aque.desktop.query.Query;
import aque.desktop.settings.Settings;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The views that everybody has and those that this person made, kept in the settings. FX thread, no toolkit.
public final class ViewsModel {
    private static final String SECTION = "views";

    private final Settings settings;
    private final ObservableList<JobView> views = FXCollections.observableArrayList();
    private final ObservableList<JobView> viewsToRead = FXCollections.unmodifiableObservableList(views);

    record Saved(List<Own> views) {
        record Own(String title, String search) {}
    }

    public ViewsModel(Settings settings) {
        this.settings = settings;
        views.setAll(JobView.usual());
        settings.get(SECTION, Saved.class)
                .ifPresent(saved -> saved.views()
                        .forEach(own -> views.add(new JobView(own.title(), Query.of(own.search()), true))));
    }

    // Properties

    public ObservableList<JobView> views() {
        return viewsToRead;
    }

    // Commands

    /// Keeps a search under a name; one of the same name is replaced.
    public JobView add(String title, Query query) {
        var view = new JobView(title.strip(), query, true);
        views.removeIf(other -> other.own() && other.title().equals(view.title()));
        views.add(view);
        save();
        return view;
    }

    public JobView rename(JobView view, String title) {
        var renamed = new JobView(title.strip(), view.query(), true);
        int at = views.indexOf(view);
        if (!view.own() || at < 0 || renamed.title().isEmpty()) {
            return view;
        }
        views.set(at, renamed);
        save();
        return renamed;
    }

    public void remove(JobView view) {
        if (view.own() && views.remove(view)) {
            save();
        }
    }

    private void save() {
        settings.put(
                SECTION,
                new Saved(views.stream()
                        .filter(JobView::own)
                        .map(view -> new Saved.Own(view.title(), view.query().text()))
                        .toList()));
    }
}
