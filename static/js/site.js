/* The scripts of every page. Collecting static files folds them into this one, each in a block of
   its own (prepsite/staticfiles.py); while developing, the browser follows the imports itself. So
   none of them imports or exports anything; what two of them share is an event. */
import "./toasts.js";
import "./errors.js";
import "./ahead.js";
import "./dialog.js";
import "./keyboard.js";
import "./offline.js";
import "./diagrams.js";
import "./search.js";
import "./capture.js";
