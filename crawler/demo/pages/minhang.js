// Builds the rows and the pager of a list from the JSON that the list names, as a page of this kind does: late, after the HTML is there.
(function () {
  function element(name, text, attributes) {
    var made = document.createElement(name);
    made.textContent = text;
    Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    return made;
  }
  function build(answer) {
    var list = document.getElementById("xxgk_list");
    answer.rows.forEach(function (row) {
      var line = document.createElement("li");
      line.appendChild(element("a", row.shown, { href: row.url, target: "_blank", title: row.title }));
      line.appendChild(element("span", row.date, {}));
      list.appendChild(line);
    });
    var pager = document.querySelector(".page");
    pager.appendChild(element("span", "共" + answer.pages + "页　第" + answer.page + "页", {}));
    if (answer.page > 1) { pager.appendChild(element("a", "上一页", { href: "list_" + (answer.page - 2) + ".htm" })); }
    if (answer.page < answer.pages) { pager.appendChild(element("a", "下一页", { href: "list_" + answer.page + ".htm" })); }
  }
  setTimeout(function () {
    var rows = document.getElementById("xxgk_list").getAttribute("data-rows");
    fetch(rows + "?_=" + Date.now()).then(function (answer) { return answer.json(); }).then(build);
  }, 300);
}());
