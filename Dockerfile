# modelcheck in a container: docker build -t modelcheck . && docker run --rm -v "$PWD:/project:ro" modelcheck audit
# For a reproducible image replace the tag by the digest that your registry shows for it.
FROM python:3.12-slim AS build
COPY pyproject.toml README.md /source/
COPY compliance /source/compliance
COPY catalog /source/catalog
COPY policies /source/policies
RUN python -m venv /opt/modelcheck && /opt/modelcheck/bin/pip install --no-cache-dir '/source[bom,mcp,hub]'

FROM python:3.12-slim
COPY --from=build /opt/modelcheck /opt/modelcheck
RUN useradd --create-home --uid 10001 modelcheck
USER modelcheck
WORKDIR /project
ENV PATH="/opt/modelcheck/bin:$PATH" PYTHONDONTWRITEBYTECODE=1
ENTRYPOINT ["modelcheck"]
CMD ["audit"]
