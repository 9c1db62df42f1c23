import "./css/main.css";
import "./menus.js";
