package aque.desktop.action;

import aque.desktop.theme.Icons;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCombination;

/// Menus and keys made from `TaskAction`. FX thread.
public final class ActionMenu {
    private final Actions actions;
    private final ContextMenu popup = new ContextMenu();
    private Supplier<List<MenuItem>> more = List::of;
    private Function<TaskAction, Optional<KeyCombination>> keys = action -> Optional.of(action.key());

    public ActionMenu(Actions actions) {
        this.actions = actions;
    }

    /// The right-click menu for what is selected, at a point of the screen: first what is likely wanted of it.
    public void show(Node at, double screenX, double screenY) {
        popup.hide();
        popup.getItems().setAll(itemsAfter(actions.likely()));
        popup.show(at, screenX, screenY);
    }

    /// Items for a menu, grey where nothing selected is in a state for them; always in the same order.
    public List<MenuItem> items() {
        return itemsAfter(List.of());
    }

    /// These first, then the others.
    List<MenuItem> itemsAfter(List<TaskAction> first) {
        var items = new ArrayList<MenuItem>();
        first.forEach(action -> items.add(item(action)));
        Optional<TaskAction.Part> part = first.isEmpty() ? Optional.of(TaskAction.Part.LOOK) : Optional.empty();
        for (var action : TaskAction.values()) {
            if (first.contains(action)) {
                continue;
            }
            if (!part.equals(Optional.of(action.part()))) {
                items.add(new SeparatorMenuItem());
                part = Optional.of(action.part());
            }
            items.add(item(action));
        }
        var own = more.get();
        if (!own.isEmpty()) {
            items.add(new SeparatorMenuItem());
            items.addAll(own);
        }
        return items;
    }

    /// What stands last in every menu: commands of a person's own.
    public void more(Supplier<List<MenuItem>> items) {
        more = items;
    }

    /// Which key each action has now.
    public void keys(Function<TaskAction, Optional<KeyCombination>> now) {
        keys = now;
    }

    private MenuItem item(TaskAction action) {
        var item = new MenuItem(action.title(), Icons.sign(action.sign()));
        item.setId("action-" + action.name().toLowerCase(Locale.ROOT));
        // Shown, not installed: the scene's own handler knows when somebody types.
        keys.apply(action).ifPresent(item::setAccelerator);
        item.setDisable(!actions.enabled(action));
        item.setOnAction(e -> actions.run(action));
        if (action.part() == TaskAction.Part.STOP) {
            item.getStyleClass().add("danger-item");
        }
        return item;
    }
}
