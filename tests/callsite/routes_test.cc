// Each framework's declarations, as routes: "line methods path", a line each.

#include <gtest/gtest.h>

#include "scanner/callsite/openapi.h"
#include "tests/callsite/listing.h"

namespace logspill {
namespace {

std::string Routes(const std::string& language, const std::string& text) {
  auto result =
      ExtractFromText("root", "web.src", "web", text, BuiltIn(language));
  if (!result) return result.error().message;
  EXPECT_EQ(result->stats.files_damaged, 0u);
  std::string listing = "\n";
  for (const Route& route : result->routes) {
    listing += std::to_string(route.line) + " " + route.framework + " ";
    for (std::size_t i = 0; i < route.methods.size(); ++i) {
      listing += (i > 0 ? "," : "") + route.methods[i];
    }
    listing += (route.methods.empty() ? "" : " ") + route.path + "\n";
  }
  return listing;
}

TEST(PythonRoutes, AreReadFromTablesOfWsgiServices) {
  EXPECT_EQ(Routes("python", R"(
DECLARATIONS = {
    '/': {'GET': root.home},
    '/books/{isbn}': {
        'GET': books.show,
        'PUT': books.change,
    },
    '/shelves/{shelf}/books': {'POST': put},
}
LIST = (
    ('/loans/{loan_id}', {'GET': [Loans, 'show']}),
    ('name', {'GET': 1}),
)
OTHER = {'/not/a/route': {'colour': 'GET'}, 'x': {'GET': 1}}
)"),
            R"(
3 wsgi GET /
4 wsgi GET,PUT /books/{isbn}
8 wsgi POST /shelves/{shelf}/books
11 wsgi GET /loans/{loan_id}
)");
}

TEST(PythonRoutes, AreReadFromAMapper) {
  EXPECT_EQ(Routes("python", R"(
mapper.connect('book', '/books/{id:[0-9]+}', controller=c,
               conditions=dict(method=['GET']))
mapper.connect('/old/:number/page', action=a)
mapper.connect(route, action=a)
)"),
            R"(
2 routes GET /books/{id}
4 routes /old/{number}/page
)");
}

TEST(PythonRoutes, AreReadFromFlask) {
  EXPECT_EQ(Routes("python", R"(
from flask import Blueprint, Flask
app = Flask(__name__)
books = Blueprint('books', __name__, url_prefix='/books')
pages = Blueprint('pages', __name__)
app.register_blueprint(pages, url_prefix='/pages')

@app.route('/readers/<uuid:reader_id>', methods=['GET', 'DELETE'])
def reader(reader_id):
    return cache.get('/no/route')

@books.get('/<int:number>')
def book(number): pass

@pages.route('/<path:rest>')
def page(rest): pass

app.add_url_rule('/desk/<desk>', view_func=desk)
)"),
            R"(
8 flask DELETE,GET /readers/{reader_id}
12 flask GET /books/{number}
15 flask /pages/{rest...}
18 flask /desk/{desk}
)");
}

TEST(PythonRoutes, AreReadFromFastApi) {
  EXPECT_EQ(Routes("python", R"(
from fastapi import APIRouter, FastAPI
app = FastAPI()
router = APIRouter(prefix="/items", tags=["items"])

@router.get("/{item_id}")
async def show(item_id: int): ...

@app.put("/readers/{reader_id}/files/{name:path}")
async def put(reader_id: str, name: str): ...

app.include_router(router, prefix="/v1")
)"),
            R"(
6 fastapi GET /v1/items/{item_id}
9 fastapi PUT /readers/{reader_id}/files/{name...}
)");
}

TEST(PythonRoutes, AreReadFromStarlette) {
  EXPECT_EQ(Routes("python", R"(
from starlette.routing import Mount, Route
routes = [
    Route("/", home),
    Mount("/readers", routes=[
        Route("/{reader}", show, methods=["GET", "POST"]),
    ]),
]
)"),
            R"(
4 starlette /
6 starlette GET,POST /readers/{reader}
)");
}

TEST(PythonRoutes, AreReadFromDjango) {
  EXPECT_EQ(Routes("python", R"(
from django.urls import include, path, re_path
urlpatterns = [
    path('readers/<int:pk>/', views.reader),
    path('shelf/', include([
        path('<slug:shelf>/books', views.books),
    ])),
    path('blog/', include('blog.urls')),
    re_path(r'^loans/(?P<loan_id>[0-9a-f-]{36})/pages/(\d+)/?$', views.loan),
]
)"),
            R"(
4 django /readers/{pk}
6 django /shelf/{shelf}/books
9 django /loans/{loan_id}/pages/{}
)");
}

TEST(PythonRoutes, AreReadFromAiohttpFalconAndPyramid) {
  EXPECT_EQ(Routes("python", R"(
from aiohttp import web
routes = web.RouteTableDef()

@routes.get('/readers/{reader_id}')
async def reader(request): ...

app.router.add_post('/books', create)
app.router.add_route('PUT', r'/books/{isbn:\d+}', change)
app.add_routes([web.get('/shelves/{shelf}', shelf)])
)"),
            R"(
5 aiohttp GET /readers/{reader_id}
8 aiohttp POST /books
9 aiohttp PUT /books/{isbn}
10 aiohttp GET /shelves/{shelf}
)");
  EXPECT_EQ(Routes("python", R"(
import falcon
app.add_route('/readers/{reader_id:uuid}', Reader())
)"),
            "\n3 falcon /readers/{reader_id}\n");
  EXPECT_EQ(Routes("python", R"(
import pyramid
config.add_route('reader', '/readers/{reader_id}', request_method='GET')
)"),
            "\n3 pyramid GET /readers/{reader_id}\n");
}

TEST(JavaScriptRoutes, AreReadFromExpress) {
  EXPECT_EQ(Routes("javascript", R"(
const express = require('express');
const app = express();
const books = express.Router();
app.get('/readers/:id', (req, res) => res.send(map.get('/no')));
books.post('/:isbn/pages/:page(\\d+)', add);
app.use('/books', books);
app.route('/loans/:loanId').get(show).delete(end);
app.get('env');
)"),
            R"(
5 express GET /readers/{id}
6 express POST /books/{isbn}/pages/{page}
8 express DELETE,GET /loans/{loanId}
)");
}

TEST(JavaScriptRoutes, AreReadFromKoaFastifyAndHapi) {
  EXPECT_EQ(Routes("javascript", R"(
const Koa = require('koa');
const router = new Router({ prefix: '/readers' });
router.get('/:id', show).put('change', '/:id', change);
)"),
            "\n4 koa GET,PUT /readers/{id}\n");
  EXPECT_EQ(Routes("javascript", R"(
const fastify = require('fastify')();
fastify.get('/readers/:id', show);
fastify.route({ method: 'POST', url: '/books/:isbn', handler });
)"),
            R"(
3 fastify GET /readers/{id}
4 fastify POST /books/{isbn}
)");
  EXPECT_EQ(Routes("javascript", R"(
const Hapi = require('@hapi/hapi');
server.route({ method: ['GET', 'PUT'], path: '/readers/{id}', handler });
)"),
            "\n3 hapi GET,PUT /readers/{id}\n");
}

TEST(TypeScriptRoutes, AreReadFromNest) {
  EXPECT_EQ(Routes("typescript", R"(
import { Controller, Get, Post } from '@nestjs/common';

@Controller('readers')
export class ReadersController {
  @Get()
  all() {}

  @Get(':id/loans/:loanId')
  loan(@Param('id') id: string) {}

  @Post()
  create() {}
}

@Controller()
class Root {
  @Get('health')
  health() {}
}
)"),
            R"(
6 nestjs GET /readers
9 nestjs GET /readers/{id}/loans/{loanId}
12 nestjs POST /readers
18 nestjs GET /health
)");
}

TEST(JavaRoutes, AreReadFromSpring) {
  EXPECT_EQ(Routes("java", R"(
import org.springframework.web.bind.annotation.*;

@RestController
@RequestMapping("/readers")
class Readers {
  static final String LOANS = "/{id}/loans";

  @GetMapping("/{id}")
  Reader show(@PathVariable String id) { return null; }

  @RequestMapping(value = {"/{id}/card", "/{id}/pass"}, method = RequestMethod.PUT)
  void change() {}

  @PostMapping
  void create() {}

  @DeleteMapping(path = LOANS + "/{loanId}")
  void end() {}
}
)"),
            R"(
9 spring GET /readers/{id}
12 spring PUT /readers/{id}/card
12 spring PUT /readers/{id}/pass
15 spring POST /readers
18 spring DELETE /readers/{id}/loans/{loanId}
)");
}

TEST(JavaRoutes, AreReadFromJaxRs) {
  EXPECT_EQ(Routes("java", R"(
import javax.ws.rs.*;

@Path("readers")
public class Readers {
  @GET
  public String all() { return ""; }

  @PUT
  @Path("{id: [0-9a-f]+}")
  @Produces("application/json")
  public String change(@PathParam("id") String id) { return ""; }
}
)"),
            R"(
6 jax-rs GET /readers
10 jax-rs PUT /readers/{id}
)");
}

TEST(GoRoutes, AreReadFromNetHttpAndGorilla) {
  EXPECT_EQ(Routes("go", R"(package web
import ("net/http"; "github.com/gorilla/mux")
func routes() {
	http.HandleFunc("GET /readers/{id}", show)
	http.Handle("DELETE example.org/files/{rest...}", drop)
	r := mux.NewRouter()
	s := r.PathPrefix("/books").Subrouter()
	s.HandleFunc("/{isbn:[0-9]+}", book).Methods("GET", "PUT")
	http.Get("/no/route")
}
)"),
            R"(
4 net/http GET /readers/{id}
5 net/http DELETE /files/{rest...}
8 net/http GET,PUT /books/{isbn}
)");
}

TEST(GoRoutes, AreReadFromChiGinAndEcho) {
  EXPECT_EQ(Routes("go", R"(package web
import "github.com/go-chi/chi/v5"
func routes() {
	r := chi.NewRouter()
	r.Route("/readers", func(r chi.Router) {
		r.Get("/", list)
		r.Route("/{readerID}", func(r chi.Router) {
			r.Put("/card", change)
		})
	})
	r.Mount("/books", books())
}
func books() http.Handler {
	r := chi.NewRouter()
	r.Get("/{isbn}", show)
	return r
}
)"),
            R"(
6 chi GET /readers
8 chi PUT /readers/{readerID}/card
15 chi GET /books/{isbn}
)");
  EXPECT_EQ(Routes("go", R"(package web
import "github.com/gin-gonic/gin"
func routes() {
	r := gin.Default()
	v1 := r.Group("/v1")
	readers := v1.Group("/readers")
	readers.GET("/:id", show)
	r.Handle("PUT", "/books/:isbn/*rest", change)
}
)"),
            R"(
7 gin GET /v1/readers/{id}
8 gin PUT /books/{isbn}/{rest...}
)");
  EXPECT_EQ(Routes("go", R"(package web
import "github.com/labstack/echo/v4"
func routes(e *echo.Echo) {
	e.DELETE("/readers/:id", drop)
}
)"),
            "\n4 echo DELETE /readers/{id}\n");
}

TEST(RubyRoutes, AreReadFromRails) {
  EXPECT_EQ(Routes("ruby", R"(
Rails.application.routes.draw do
  get '/readers/:id', to: 'readers#show'
  get 'cards/:card_id' => 'cards#show'
  match 'search(.:format)', to: 'x#y', via: [:get, :post]
  namespace :admin do
    resources :categories do
      resources :books, only: [:index]
      get :preview
      collection do
        get :search
      end
    end
  end
  resource :profile
  resources :loans, param: :uuid
end
)"),
            R"(
3 rails GET /readers/{id}
4 rails GET /cards/{card_id}
5 rails GET,POST /search
7 rails /admin/categories
7 rails /admin/categories/{id}
8 rails /admin/categories/{category_id}/books
8 rails /admin/categories/{category_id}/books/{id}
9 rails GET /admin/categories/{category_id}/preview
11 rails GET /admin/categories/search
15 rails /profile
16 rails /loans
16 rails /loans/{uuid}
)");
}

TEST(RubyRoutes, AreReadFromSinatra) {
  EXPECT_EQ(Routes("ruby", R"(
require 'sinatra'
namespace '/api' do
  get '/readers/:id' do |id|
    settings.get '/no' if false
  end
end
delete '/books/:isbn' do
end
)"),
            R"(
4 sinatra GET /api/readers/{id}
8 sinatra DELETE /books/{isbn}
)");
}

TEST(RustRoutes, AreReadFromAxum) {
  EXPECT_EQ(Routes("rust", R"(
use axum::{routing::get, Router};
fn app() -> Router {
    let books = Router::new().route("/:isbn", get(show));
    Router::new()
        .route("/readers/{id}", get(reader).delete(drop_reader))
        .nest("/books", books)
        .nest("/loans", loans())
        .nest("/v1", Router::new().route("/cards/{card}", get(card)))
}
fn loans() -> Router {
    Router::new().route("/{loan}", get(loan))
}
)"),
            R"(
4 axum GET /books/{isbn}
6 axum DELETE,GET /readers/{id}
9 axum GET /v1/cards/{card}
12 axum GET /loans/{loan}
)");
}

TEST(RustRoutes, AreReadFromActixAndRocket) {
  EXPECT_EQ(Routes("rust", R"(
use actix_web::{get, web, App};

#[get("/readers/{id}")]
async fn reader(id: web::Path<String>) -> String { String::new() }

fn app() {
    App::new().service(
        web::scope("/books")
            .service(web::resource("/{isbn}").route(web::put().to(change)))
            .route("/{isbn}/pages", web::get().to(pages)),
    );
}
)"),
            R"(
4 actix GET /readers/{id}
10 actix PUT /books/{isbn}
11 actix GET /books/{isbn}/pages
)");
  EXPECT_EQ(Routes("rust", R"(
#[macro_use] extern crate rocket;
#[get("/readers/<id>/files/<path..>")]
fn reader(id: &str) -> String { String::new() }
)"),
            "\n3 rocket GET /readers/{id}/files/{path...}\n");
}

constexpr char kYaml[] = R"(openapi: 3.0.3
info: {title: Library, version: "1"}
paths:
  /readers/{readerId}:
    parameters:
      - {name: readerId, in: path}
    get: {responses: {}}
    put:
      responses: {}
  x-internal: {}
  "/books":
    post: {}
)";

TEST(OpenApiRoutes, AreReadFromYaml) {
  const auto routes = ReadOpenApi("root", "api.yaml", kYaml);
  ASSERT_TRUE(routes.ok()) << routes.error().message;
  ASSERT_EQ(routes->size(), 2u);
  EXPECT_EQ((*routes)[0], (Route{"openapi",
                                 "openapi",
                                 "root",
                                 "api.yaml",
                                 4,
                                 "/readers/{readerId}",
                                 {"GET", "PUT"}}));
  EXPECT_EQ((*routes)[1].path, "/books");
  EXPECT_EQ((*routes)[1].line, 11u);
}

TEST(OpenApiRoutes, AreReadFromJson) {
  const std::string json =
      "{\"swagger\": \"2.0\", \"basePath\": \"/v2\",\n"
      "\t\"paths\": {\n"
      "\t\t\"/readers/{id}\": {\"delete\": {}}}}\n";
  ASSERT_TRUE(MayBeOpenApi(json));
  const auto routes = ReadOpenApi("root", "api.json", json);
  ASSERT_TRUE(routes.ok()) << routes.error().message;
  ASSERT_EQ(routes->size(), 1u);
  EXPECT_EQ((*routes)[0], (Route{"openapi",
                                 "openapi",
                                 "root",
                                 "api.json",
                                 3,
                                 "/readers/{id}",
                                 {"DELETE"}}));
}

TEST(OpenApiRoutes, OfWhatIsNoDocumentAreNoneOrAnError) {
  EXPECT_FALSE(MayBeOpenApi("paths: [a]"));
  for (const char* text : {"", "[]", "openapi", "openapi: 3\npaths: [1]",
                           "paths: {/a: {}}", "openapi: 3\npaths: {/a: 1}"}) {
    EXPECT_TRUE(ReadOpenApi("root", "x.yaml", text).ok()) << text;
  }
  const auto broken = ReadOpenApi("root", "x.yaml", "openapi: 3\npaths: {");
  ASSERT_FALSE(broken.ok());
  EXPECT_NE(broken.error().message.find("line 2"), std::string::npos)
      << broken.error().message;
  EXPECT_FALSE(
      ReadOpenApi("root", "x.yaml", "openapi: " + std::string(100'000, '['))
          .ok());
}

TEST(Routes, OfAFrameworkThatAFileDoesNotNameAreNone) {
  EXPECT_EQ(Routes("python", "@app.get('/readers/{id}')\ndef f(): pass\n"),
            "\n");
  EXPECT_EQ(Routes("go", "package a\nfunc f() { r.GET(\"/a/:id\", g) }\n"),
            "\n");
}

TEST(Routes, OfANameThatRefersToItselfEnd) {
  EXPECT_EQ(Routes("javascript", R"(
const express = require('express');
let app = app.use('/a', app);
app.get('/b/:id', show);
)"),
            "\n4 express GET /a/b/{id}\n");
}

}  // namespace
}  // namespace logspill
