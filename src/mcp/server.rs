//! The protocol: what the server says of itself, its tools and resources, and the calls of tools.

use rmcp::ServerHandler;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, ErrorData,
    Implementation, ListResourcesResult, ListToolsResult, PaginatedRequestParams,
    ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities, ServerConfig,
};
use rmcp::service::{RequestContext, RoleServer};

use super::access::{ArchiveAccess, Caller, Question};
use super::arguments::Arguments;
use super::resources;
use super::tools::TOOLS;

/// Told to every model at the beginning.
const INSTRUCTIONS: &str = "An archive of articles of Chinese newspapers and bulletins, read from \
    files of text. Begin with `coverage`: it says which papers, years and districts there are. `search` \
    takes the query language of the resource dibao://help. Totals are exact. Dates are intervals of \
    days: say a day only where `not_before` and `not_after` are the same. Quote word for word, and give \
    the id and, where there is one, the permalink of what you quote. Long answers come in parts and say \
    how to go on. Nothing is ever written.";

/// A server of the archive's tools, for one caller.
#[derive(Debug, Clone)]
pub(crate) struct McpServer<A> {
    archive: A,
    caller: Caller,
}

impl<A: ArchiveAccess> McpServer<A> {
    pub(crate) fn new(archive: A, caller: Caller) -> Self {
        Self { archive, caller }
    }
}

impl<A: ArchiveAccess> ServerHandler for McpServer<A> {
    fn get_info(&self) -> ServerConfig {
        let can = ServerCapabilities::builder().enable_tools().enable_resources().build();
        let title = self.caller.lang.of("邸报", "dibao");
        let program = Implementation::new(env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        ServerConfig::new(can)
            .with_server_info(program.with_title(title))
            .with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let tools = TOOLS.iter().map(|tool| tool.described(self.caller.lang));
        Ok(ListToolsResult::with_all_items(tools.collect()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let Some(tool) = TOOLS.iter().find(|tool| tool.name == request.name) else {
            let names: Vec<&str> = TOOLS.iter().map(|tool| tool.name).collect();
            let message = format!("no such tool; there are {}", names.join(", "));
            return Err(ErrorData::invalid_params(message, None));
        };
        let run = tool.run;
        let question: Question = Box::new(move |context| {
            let reply = run(context, Arguments::read(request.arguments)?);
            reply.map_err(|error| tool.advised(error))
        });
        let result = match self.archive.ask(self.caller.clone(), question).await {
            Ok(reply) => {
                let mut result = CallToolResult::structured(reply.value);
                result.content = vec![ContentBlock::text(reply.text)];
                result
            }
            Err(sentence) => CallToolResult::error(vec![ContentBlock::text(sentence)]),
        };
        Ok(result.into())
    }

    async fn list_resources(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        Ok(ListResourcesResult::with_all_items(resources::list(self.caller.lang)))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        resources::read(&self.archive, &self.caller, &request.uri).await.map(Into::into)
    }
}
