// Draws the pager that the platform's own jQuery plugin draws: index.html, index_2.html, index_3.html …
function $(selector) {
  return {
    pagination: function (options) {
      var pager = document.querySelector(selector);
      for (var page = 1; page <= options.totalPage; page += 1) {
        var link = document.createElement(page === options.currentPage ? "b" : "span");
        link.textContent = page;
        link.setAttribute("data-page", page);
        link.onclick = function () {
          var wanted = this.getAttribute("data-page");
          location.href = wanted === "1" ? "index.html" : "index_" + wanted + ".html";
        };
        pager.appendChild(link);
      }
    }
  };
}
