// Search as you type: pages that filter a list load this. Without it the form is sent by its button.
import "htmx.org";
