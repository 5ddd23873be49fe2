# The two commands are `make run` and `make test`. Paths are relative, so the folder may have any name.
# What is installed is what constraints.txt says, the tools that build included.

MAKEFLAGS += --no-print-directory
BIN = .venv/bin
PINNED = PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt
PIP = $(PINNED) $(BIN)/python -m pip install -qq --disable-pip-version-check
INSTALLED = pyproject.toml constraints.txt

.DELETE_ON_ERROR:
.PHONY: help run test long check bench year rosters faults load dist clean words revision docs

help:
	@echo 'make run     安装并打开演练台              install, open the training office'
	@echo 'make test    安装并跑完全部检查和测试      install, run every check and test'
	@echo 'make long    更长的测试：每个大小、每个时辰    the longer tests: every hour, every means, both databases'
	@echo 'make check   只做静态检查                  the checks alone: ruff, mypy, import contracts'
	@echo 'make bench   量速度，打印一页              measure and print one page of figures'
	@echo 'make year    一年的收费走一遍，再另算一遍    a year of money, reckoned a second time'
	@echo 'make rosters 排班的长测试：十二月、保安一季    the long tests of rosters'
	@echo 'make faults  断电、强杀、坏盘的长测试      the long harnesses: kills, power cuts, bad disks'
	@echo 'make load    八个前台在 PostgreSQL 上一起用十分钟   eight desks at once on PostgreSQL for ten minutes'
	@echo 'make dist    在 dist/ 里打包               build the archives into dist/'
	@echo 'make words   把新的句子收进英文词典        collect new sentences into the English catalogue'
	@echo 'make docs    由各表重写文档                rewrite the docs that are made from the tables'
	@echo 'make revision m=...  数据表变动后写升级步骤   write the next schema revision'
	@echo 'make clean   删除打包和检查留下的文件      remove what builds and checks leave behind'

run: .venv/.run
	@$(BIN)/wuye demo

test: check
	@$(BIN)/python -m pytest -q -n 2 --dist worksteal -m 'not slow'

long: .venv/.dev
	@$(BIN)/python -m pytest -q -n 2 --dist worksteal -m slow

check: .venv/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo --no-cache

bench: .venv/.dev
	@$(BIN)/python -m tests.bench

rosters: .venv/.dev
	@$(BIN)/python -m pytest -q -m slow tests/rostering tests/cli/test_december.py

year: .venv/.dev
	@$(BIN)/python -m tests.year

faults: .venv/.dev
	@$(BIN)/python -m tests.faults

load: .venv/.dev
	@$(BIN)/python -m tests.load

dist: .venv/.dev
	@$(BIN)/python -m build --no-isolation --sdist --wheel

words: .venv/.dev
	@$(BIN)/python -m tests.words

docs: .venv/.dev
	@$(BIN)/python -m wuye_tui.paper.diagrams
	@$(BIN)/python -m screens.manual
	@$(BIN)/python -m tests.pictures

revision: .venv/.dev
	@$(BIN)/python -m wuye_tui.store.migrations.draft "$(m)"
	@$(BIN)/ruff check --fix -q wuye_tui/store/migrations/versions
	@$(BIN)/ruff format -q wuye_tui/store/migrations/versions

clean:
	@rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@rm -rf .import_linter_cache snapshot_report.html
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

.venv/.run: $(INSTALLED) $(BIN)/python
	@echo '正在安装，第一次约一分钟.. Installing, about a minute the first time..'
	@$(PIP) -e .
	@touch $@

.venv/.dev: $(INSTALLED) $(BIN)/python
	@echo '正在安装，第一次约一分钟.. Installing, about a minute the first time..'
	@$(PIP) -e '.[dev]'
	@touch $@ .venv/.run

$(BIN)/python:
	@missing='需要 Python 3.11 或更新的版本。Python 3.11 or newer is needed.'; \
	for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	  "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	  "$$name" -c 'import ensurepip, venv' 2>/dev/null && exec "$$name" -m venv --clear .venv; \
	  missing='缺少 Python 的 venv 模块，请安装 python3-venv。Python has no venv module: install python3-venv.'; \
	done; \
	echo "$$missing" >&2; exit 1
